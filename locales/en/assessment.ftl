# The check-up: agreement, questionnaire, result.

start-check-up = Start the check-up

consent-eyebrow = Before you start
consent-title = Who will see your answers
consent-lead = { $questions ->
    [one] One question about the last month. Please read this first; it is short.
   *[other] { $questions } questions about the last month, a few minutes. Please read this first; it is short.
}
consent-needed = Your answers are not saved yet: they need your agreement first. They will still be there afterwards.
consent-again = The wording has become more exact since you agreed. Please read it once more. Your history is untouched and waits for you.
consent-statement = If you agree, Hearth keeps your answers as described here. You can take your agreement back at any time on the page “Privacy and devices”.
consent-statement-code = If you agree, Hearth keeps your answers as described here. You will be asked again with every code.
consent-agree = I agree, start
consent-not-now = Not now

questionnaire-answered = { $answered } of { $total } answered
# For the script: {n} and {total} are numbers.
questionnaire-progress = Question {"{n}"} of {"{total}"}
questionnaire-keys = Number keys choose, arrow keys move
questionnaire-back = Back
questionnaire-next = Next
questionnaire-submit = See my result
questionnaire-later = Save and go on later
questionnaire-saved-at = Saved at { $time }
questionnaire-unsaved = Not saved yet
questionnaire-resumed = Going on where you stopped: { $answered } answered, kept since { $time }.
questionnaire-incomplete = Some questions have no answer yet
questionnaire-first-gap = Go to question { $number }
questionnaire-choose = Please choose one answer.
questionnaire-unavailable = Your answers could not be saved just now. They are all still here: please press “See my result” again in a moment.
questionnaire-too-soon = You sent a check-up a moment ago. These answers are all still here: please press “See my result” again in a minute.
questionnaire-too-many = { $count ->
    [one] You have sent { $count } check-up within a day, which is the limit. These answers are kept; you can send them tomorrow.
   *[other] You have sent { $count } check-ups within a day, which is the limit. These answers are kept; you can send them tomorrow.
}
questionnaire-sent-before = You sent this form before, with other answers. If these are a new check-up, press “See my result” again.
questionnaire-earlier-result = The result of the earlier answers
questionnaire-changed = The questionnaire has changed since you opened this page, because a campaign began or ended. Answers that fit this one are here; please answer the rest. The others are kept for the next time.
questionnaire-signed-out = You are signed out, so your answers could not be saved. They are all still here: sign in as yourself in another tab, come back and press “See my result” again.
questionnaire-other-person = Somebody else is signed in in this browser by now, so nothing more is saved here. Sign in as yourself in another tab and go on.
questionnaire-kept = Your answers
questionnaire-sign-in-again = Sign in in another tab
flash-draft-saved = Your answers are kept. You can go on whenever you like, on any device.

level-low = Low
level-medium = Medium
level-high = High
level-short-low = low
level-short-medium = medium
level-short-high = high

profile-burnout = Burned out
profile-overextended = Overextended
profile-disengaged = Disengaged
profile-ineffective = Doubting your work
profile-balanced = In between
profile-engaged = Low strain
profile-means-burnout = Exhausted and inwardly far from work at the same time. This rarely passes by itself; do not carry it alone.
profile-means-overextended = Exhausted, but not indifferent. More is asked of you than you can restore.
profile-means-disengaged = Strength is there, but work and people have moved far away from you.
profile-means-ineffective = You have the strength and the closeness, but doubt that what you do is of use.
profile-means-balanced = Nothing is high, and not everything is low. A good time to look at what keeps you well.
profile-means-engaged = All three dimensions are low. What you are doing for yourself seems to work.

scale-total = Sum
scale-total-mean = Mean
scale-meaning-low = Low: there is little of this at the moment.
scale-meaning-medium = Medium: it is there, and worth keeping an eye on.
scale-meaning-no-limits = This scale has no limits between low and high.
scale-meaning-none = Too few answers for a result.

change-within = Within measurement error since { $date }: nothing can be said about a change.
change-real-up = { $points } higher than on { $date }. Probably a real change (by chance about 1 in 20).
change-real-down = { $points } lower than on { $date }. Probably a real change (by chance about 1 in 20).
change-sustained-up = { $points } higher than on { $date }, and for two check-ups running: a sustained change.
change-sustained-down = { $points } lower than on { $date }, and for two check-ups running: a sustained change.

result-title = Your result
result-eyebrow = Your check-up of
result-total-caption = of the scales below
result-change-title = Is the change real?
result-change-text = Compared with your check-up of { $date }. The circle on each scale is that time, the diamond is now, and the line around it is the measurement error: a move inside it may be chance.
result-first = This is your first check-up, so there is nothing to compare it with yet. In a month you will see whether something really changed.
result-history-link = All my check-ups
result-next = What to do next
result-all-recs = All suggestions
result-help-also = Would you like to talk to somebody anyway?
result-limits = The limits between the levels:
result-provisional = The limits between the levels are provisional.
limits-hearth-20-default = Hearth’s own rule: the total is medium from 50 and high from 70 of 100, each dimension at the same shares of its range (37.5 % and 62.5 %). They do not come from a study.
