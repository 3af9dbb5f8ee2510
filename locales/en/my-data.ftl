# Everything about me: taking it along, being erased.

my-data-title = Your data
my-data-text = Everything Hearth stores about you, in one archive: as JSON for programs and as tables for you. It holds what you answered: keep it where only you can open it.
my-data-export = Download everything (ZIP)
my-data-erase = Erase me
sign-in-kind-browser = Browser
sign-in-kind-api = Program, with a token
sign-in-kind-code = Code from a slip
flash-assistant-withdrawn = Your agreement is taken back. You will be asked again before the next message.
my-data-readme = This archive holds everything that Hearth stored about you when it was made. hearth.json has all of it in one file, for programs; the tables have the same, for a spreadsheet. Your password and your tokens are not in it: Hearth keeps only what verifies them. It holds what you answered: keep it where only you can open it.
my-data-has-account = your account
my-data-has-profile = what you said of yourself
my-data-has-picture = your picture
my-data-has-agreements = what you agreed to
my-data-has-devices = where you are signed in
my-data-has-tries = tries to sign in
my-data-has-links = links sent to you that still work
my-data-has-check-ups = your check-ups with every answer
my-data-has-questions = the questions, by number
my-data-has-half-filled = what you answered but did not submit
my-data-has-recommendations = what was recommended to you
my-data-has-pulses = your daily pulse
my-data-has-conversations = your conversations with the assistant
my-data-has-questions-asked = when you asked the assistant
my-data-has-support-requests = requests for support
my-data-has-invitations = campaigns you were invited to
my-data-has-mail = mail to you that is waiting to be sent: subjects only, its text goes to your address
my-data-has-undelivered-mail = addresses that mail you caused did not reach
my-data-has-uploads = lists of employees you uploaded
my-data-has-planned-actions = actions you planned for departments
my-data-has-attested-licences = licences you attested
my-data-has-erasure = that you asked to be erased
my-data-has-audit = what the audit log says you did, or that was done to your account

erase-title = Erase me
erase-lead = You have { $hours } hours to change your mind. After that nothing brings it back, not even the people who run Hearth.
erase-goes-title = What is deleted
erase-goes-account = Your account, your profile and your picture; you are signed out everywhere
erase-goes-answers = Every answer, result, pulse and recommendation
erase-goes-rest = Conversations, requests for support and agreements
erase-stays-title = What stays
erase-stays-numbers = Figures of groups that were published already: they hold nobody’s answers
erase-stays-counting = In a period that is still open, that somebody answered, without your name, your answers and the time, until the period is published
erase-stays-audit = In the audit log, the number of your account and that it was erased
erase-export-first = Download everything first
erase-submit = Erase me after a day
erase-no-password = Your account has no address and no password, so it cannot be erased from here. Please ask HR.
erase-last-admin = You are the only one who can give roles. Please give somebody else that role first.
erase-pending = You asked to be erased. It will be done on
erase-cancel = Keep my account
flash-erasure-requested = You will be erased after a day. Until then you can change your mind here.
flash-erasure-cancelled = Your account stays.
mail-erasure-subject = You asked to be erased from Hearth
mail-erasure-body =
    Hello,

    somebody signed in to your Hearth account, probably you, asked to erase it with everything in it. That will be done after a day.

    If you want to keep it, open this page within the day and choose “Keep my account”:

    { $url }

    If it was not you, change your password there, too.
