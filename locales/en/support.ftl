# Asking HR for support, and HR's inbox.

support-title = Ask for support
support-lead = This is the one way in which something about you reaches HR through Hearth. You decide whether, and what.
support-not-anonymous = This is not anonymous.
support-sees = HR will see your name and your e-mail address:
support-only-ticked = Apart from these, HR sees only what you write or tick below: no answers, no other results, nothing else.
support-waiting = A request of yours is with HR already. You can send another one once it is closed, or after taking it back.
support-state-link = See what became of it
support-message = Message
support-message-hint = What you would like HR to know or do. At most { $count } characters; you may also leave it empty.
support-share = Also send
support-share-department = My department:
support-share-result = Level and profile of my check-up of { $date }:
support-contact = How HR should contact you
support-contact-mail = By e-mail
support-contact-phone = By telephone
support-contact-in_person = In person
support-phone = Telephone number
support-phone-hint = Sent only if you choose “By telephone”.
support-phone-missing = Please enter the number at which HR can reach you.
support-text-too-long = { $count ->
    [one] This is too long: { $count } character at most.
   *[other] This is too long: { $count } characters at most.
}
support-too-many = { $count ->
    [one] You can send { $count } request a day. Please try again tomorrow; if it is urgent, the page “Where to get help” names people you can call.
   *[other] You can send { $count } requests a day. Please try again tomorrow; if it is urgent, the page “Where to get help” names people you can call.
}
support-kept = { $count ->
    [one] You can take a request back at any time; its content is then deleted at once. A closed request is deleted after { $count } day.
   *[other] You can take a request back at any time; its content is then deleted at once. A closed request is deleted after { $count } days.
}
support-send = Send to HR
support-result-of = Check-up of { $date }
support-nothing-ticked = Only your name and e-mail address.
support-answer = Answer from HR
support-section = Requests for support
support-section-text = What you sent to HR of your own accord. Only those who answer such requests in HR read it.
support-request-of = Request of
support-withdraw = Take this request back
support-withdrawn-note = Its content is deleted and HR no longer sees it. For a day Hearth still knows that there was one, because of the daily limit.
support-state-open = Sent
support-state-answered = Answered
support-state-closed = Closed
support-state-withdrawn = Taken back
result-support = Would you like HR to know?
flash-support-sent = Your request is with HR.
flash-support-waiting = A request of yours is with HR already.
flash-support-withdrawn = Taken back. Its content is deleted.

nav-support = Requests for support
inbox-lead = What employees sent to you of their own accord, oldest first. They can take it back at any time; then it is no longer here.
inbox-waiting = Waiting
inbox-closed = Closed
inbox-empty = Nobody is waiting for an answer.
inbox-none-closed = No closed requests.
inbox-from = From
inbox-sent = Sent
inbox-state = State
inbox-first = To the beginning
inbox-next = Next
inbox-kept = { $count ->
    [one] Closed requests are deleted after { $count } day.
   *[other] Closed requests are deleted after { $count } days.
}
inbox-back = All requests
inbox-request-of = Request from { $name }
inbox-request-lead = This is all they chose to tell you. Nothing else about them can be reached from here.
inbox-answer = Answer
inbox-answer-text = Your answer
inbox-answer-hint = It is shown on their page “Privacy and devices”. A mail says only that there is an answer, not what it says.
inbox-answer-send = Send the answer
inbox-close = Close the request
inbox-close-note = { $count ->
    [one] Close it when there is nothing left to do. It is deleted { $count } day later.
   *[other] Close it when there is nothing left to do. It is deleted { $count } days later.
}
flash-support-answered = The answer is on its way.
flash-support-closed = The request is closed.

mail-support-answer-subject = There is an answer for you in Hearth
mail-support-answer-body =
    Hello,

    there is an answer to something you sent. You can read it here once you are signed in:

    { $url }
