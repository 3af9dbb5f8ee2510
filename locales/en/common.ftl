# The frame of every page, the public pages, errors.

skip-to-content = Skip to content
nav-main = Main
nav-dashboard = Today
nav-check-up = Check-up
nav-history = History
nav-recommendations = What helps
nav-library = Library
nav-chats = Assistant
nav-staff = Organisation
nav-profile = Profile
nav-privacy = Privacy and devices
language = Language
sign-in = Sign in
sign-out = Sign out
save = Save
print = Print
optional = (optional)
of = of
pager = Pages
pager-newest = Newest
pager-older = Older
footer-not-a-diagnosis = Hearth is a self-reflection, not a diagnosis.
footer-promise = Who sees what
footer-help = Where to get help
demo-notice = This is the demo company: everyone in it is made up, and anyone may sign in. Do not enter anything about yourself.
form-has-errors = Something needs your attention
form-try-again = The server is busy at the moment. Nothing you typed is lost: please try again in a few seconds.
field-required = Please fill this in.
field-too-long = This is too long: 255 characters at most.
flash-saved = Saved.

# Dates

month-1 = January
month-2 = February
month-3 = March
month-4 = April
month-5 = May
month-6 = June
month-7 = July
month-8 = August
month-9 = September
month-10 = October
month-11 = November
month-12 = December
month-short-1 = Jan
month-short-2 = Feb
month-short-3 = Mar
month-short-4 = Apr
month-short-5 = May
month-short-6 = Jun
month-short-7 = Jul
month-short-8 = Aug
month-short-9 = Sep
month-short-10 = Oct
month-short-11 = Nov
month-short-12 = Dec
# Stands right after the year of a date.
date-year-suffix = { "" }
or = { $before } or { $last }

# The promise: who sees what

promise-title = Who sees your answers
promise-lead = This is what Hearth promises, and how it is built to keep it.
promise-you-title = Only you see
promise-you-answers = Every one of your answers
promise-you-results = Your results, your profile and your history
promise-you-pulse = Your daily pulse, what helps you, and what you have done of it
promise-hr-title = HR never sees
promise-hr-no-path = Your answers or your result: no page, export or query shows them
promise-hr-groups = { $count ->
    [one] Figures of fewer than { $count } person
   *[other] Figures of fewer than { $count } people: a smaller team counts only within a larger group
}
promise-hr-manager = More through your manager: a manager sees no other figures, and only of their own department
promise-blur = HR sees figures of groups only. Every group’s figure is blurred a little, always alike for the same people, so that nobody can be worked out by comparing results over time. Small teams appear after campaigns only.
promise-server = The people who administer the server or its backups could technically read what is stored on it.
promise-server-contacts = Here that is:
promise-retention = { $months ->
    [one] Your answers are kept for { $months } month and then deleted.
   *[other] Your answers are kept for { $months } months and then deleted.
}
promise-support-title = If you want somebody to know
promise-support-text = Nobody is told about your result, however high it is. Only you can decide to speak to someone about it: with a request for support you can tell HR what you choose to, under your name, and take it back.
promise-not-title = What no promise covers
promise-not-text = What you tell other people about yourself, and someone looking at your screen. Sign out on shared devices.

# Where to get help

help-title = Where to get help
help-lead = You do not have to be at the end of your strength to ask for it.
help-urgent = If you are thinking about harming yourself, or somebody is in danger, call the emergency number of your country now or go to the nearest hospital.
help-general = Talk to your doctor, to the occupational health service of your company, or to a psychologist. If it is urgent, call the emergency number of your country.
help-website = Website
help-checked = checked on
help-first-title = First of all: you are not alone with this
help-first-text = Something in your answers or today’s pulse is high. That happens to capable people, and it is easier to turn round together with someone. Nobody at work has been told.
not-a-diagnosis = This is not a diagnosis. In ICD-11, burn-out is described as an occupational phenomenon, not as a medical condition. If you are unsure how you are, see a doctor or a psychologist.

# The landing page

landing-title = Notice it before you burn out
landing-headline = Notice it before you burn out.
landing-lead = A short check-up that tells you honestly how work is treating you, whether that is changing, and what helps. Your company sees the temperature of the house, never of your room.
landing-start = Start a check-up
landing-note = 20 questions, a few minutes. You can stop half-way and go on later.
landing-promise-lead = Said before the first question, and kept by the way Hearth is built.
landing-steps = How it goes
landing-step-1 = Answer twenty questions
landing-step-1-text = About the last month at work. On your phone or at your desk; you can stop half-way.
landing-step-2 = Read an honest result
landing-step-2-text = Three dimensions instead of one grade, each with its measurement error, without alarm.
landing-step-3 = Do one thing that helps
landing-step-3-text = Five to seven suggestions that fit your answers. Some take ten minutes.
landing-faq = Often asked
landing-faq-manager = Can my manager find out my result?
landing-faq-manager-text = No. A manager sees figures of their own department, and only of groups of at least { $count } people. The figures are made so that nobody’s can be worked out from them.
landing-faq-real = How do I know whether a change is real?
landing-faq-real-text = Every questionnaire measures with some error. Hearth calls a change real only when it is larger than that error would make it about 19 times out of 20, and otherwise says that nothing can be said.
landing-faq-diagnosis = Is this a diagnosis?
landing-end = Sit down for a moment.

# Errors

error-try-again = Try again
error-home = To the start page
error-title-400 = This request cannot be understood
error-text-400 = The address or what was sent with it is not as expected. Please go back and try once more.
error-title-401 = You are signed out
error-text-401 = Nothing was saved. What you typed stands below: sign in as yourself in a new tab, come back to this page and send it again.
error-title-403 = This is not possible from here
error-text-403 = You have no access to this page, or the request came from another website. If you pressed a button here, reload the page and try once more.
error-title-404 = There is nothing here
error-text-404 = The address is wrong, the page has moved, or it is not yours to see.
error-title-408 = That took too long
error-text-408 = What was sent did not arrive in time; the connection may be slow. Nothing was saved. Please try again.
error-title-409 = Somebody else opened this page
error-text-409 = Another person is signed in in this browser by now. Nothing was saved, so that nothing lands with the wrong person. If the words below are yours, copy them; or sign out, sign in as yourself in another tab, come back to this page and send them again.
error-title-413 = That is too much at once
error-text-413 = What was sent is larger than Hearth accepts. Nothing was saved.
error-title-422 = Something is missing
error-text-422 = What was sent is not complete. Please go back and check the form.
error-title-429 = One moment, please
error-text-429 = There were too many tries in a short time. Please wait a little and try again.
error-title-500 = Something went wrong on our side
error-text-500 = It has been noted. Nothing was half-saved; please try again.
error-title-503 = Hearth is busy or being restarted
error-text-503 = This usually passes within a minute. Please try again.
kept-title = What was typed
kept-text = Text { $number }
kept-answer = Answer to question { $number }
kept-sign-in = Sign in in a new tab
kept-send = Send again

# Mail that did not arrive

undelivered-title = These e-mails did not arrive:
undelivered-text = Check the addresses. The notice goes once a mail arrives there, and after 30 days.
