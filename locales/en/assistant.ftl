# Conversations with the assistant.

chats-title = Conversations
chats-lead = Ask about tiredness, rest, work that has grown too much, or how to raise it. Only you can open what you write here.
chats-search = Search in what was said
chats-search-submit = Search
chats-empty = No conversation yet. Give the first one a name, and write what is on your mind.
chats-too-many = You keep { $count } conversations, which is the most. Delete one first.
chats-none-found = None of your conversations contains these words.
chats-all = All conversations
chats-back = All conversations
chat-new = A new conversation
chat-begin = Begin
chat-name = Name
chat-name-too-long = { $count ->
    [one] A name has { $count } character at most.
   *[other] A name has { $count } characters at most.
}
chat-color = Colour
chat-color-unknown = Please choose one of the colours.
chat-color-ember = Ember
chat-color-honey = Honey
chat-color-sage = Sage
chat-color-lake = Lake
chat-color-plum = Plum
chat-color-stone = Stone
chat-color-own = Your own
chat-settings = Name, colour, delete
chat-delete = Delete this conversation
chat-delete-yes = Yes, delete it
chat-delete-note = Everything said in it is deleted at once and cannot be brought back.
flash-chat-deleted = The conversation is deleted.
chat-first = Write as you would to somebody who has time. It need not be a question.
chat-earlier = Earlier messages
chat-to-latest = To the latest messages
chat-i-wrote = You wrote
chat-message = Your message
chat-message-missing = Please write something first.
chat-message-too-long = { $count ->
    [one] A message has { $count } character at most.
   *[other] A message has { $count } characters at most. You can send it in parts.
}
chat-limit = { $minutes ->
    [one] That was { $count } messages within an hour, which is the limit. What you typed is still here; you can send it in { $minutes } minute.
   *[other] That was { $count } messages within an hour, which is the limit. What you typed is still here; you can send it in { $minutes } minutes.
}
chat-send = Send
chat-waiting = The answer is on its way…
chat-no-answer = There is no answer to this message yet.
chat-ask-again = Ask again

# Who answers, and who reads along

assistant-by-model = Answer of a language model, not of a person. It can be wrong.
assistant-by-library = From the library
assistant-by-help = Before anything else
assistant-drew-from = From these pages of the library:
assistant-reads-model = Read by the language model at { $host }: the text of this conversation and your language, nothing else. Not by anyone at work.
assistant-reads-library = Answers come from a search in the library on this server. Nothing you write leaves it.
assistant-agreement = Before the first message
assistant-agreement-text =
    Your conversations are kept on this server until you delete them, a message for { $months ->
        [one] one month
       *[other] { $months } months
    } at most.
    No page, export or query shows them to HR or to your manager. You can change this choice at any time.
assistant-agree-model = Answer with the language model at { $host }
assistant-agree-model-hint = { $host } reads the text of the conversation and which language you use, but neither your name nor your results. It is another company’s computer or one of yours: your administrators know what it keeps.
assistant-agree-library = Answer only from the library
assistant-agree-only-library = I agree, and know that a search answers, not a person
assistant-agree-library-hint = A search on this server picks what fits from the library, and takes your own latest result into account. Nothing you write leaves the server.
assistant-agreement-missing = Please choose who may read along.
assistant-switch-library = Answer only from the library from now on
assistant-switch-model = Let { $host } read along and answer from now on

# What the library answers

assistant-found = I searched the library for your words. This fits best:
assistant-concern = First comes what helps with { $dimension }, which was strained most in your latest check-up.
assistant-item = • { $title }. { $text }
assistant-from-my-list = I found nothing in the library for these words. These are the next ones on your own list:
assistant-nothing = I found nothing in the library for these words. Shorter ones may do better, for example “sleep”, “breaks” or “too much work”.
assistant-is-a-search = I am a search in the library, not a person, and may have missed what you meant.
assistant-silent = { $host } did not answer, so this comes from the library.

# Before any other answer

assistant-help = What you write sounds serious, and you should not be alone with it. I am a program and cannot help here, but people can, now: call one of the numbers above or your country’s emergency number, or tell somebody you trust where you are and how you feel. What you wrote was sent to nobody.
assistant-help-unsent = Your message was not sent to anybody and is not kept. It is still in the field below.
