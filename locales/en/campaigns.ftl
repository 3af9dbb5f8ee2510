# Campaigns: HR's pages about them and the mails they send.

nav-campaigns = Campaigns
campaigns-title = Campaigns
campaigns-lead = A campaign asks people to check up in the same days, with the same questionnaire. Its numbers are published when it closes.
campaigns-empty = There is no campaign yet.
campaign-new = New campaign
campaign-new-lead = This makes a draft. Nobody is asked before you open it.
campaign-name = Name
campaign-name-hint = The people you invite see it.
campaign-state = State
campaign-is-draft = Draft
campaign-is-open = Open
campaign-is-closed = Closed
campaign-starts = First day
campaign-starts-hint = As planned. Opening the campaign makes it the day it really begins.
campaign-ends = Last day
campaign-ends-hint = The campaign stays open until the end of this day.
campaign-questionnaire = Questionnaire
campaign-questionnaire-hint = With the limits between low, medium and high that its results are read by.
campaign-limits-named = limits “{ $set }”
campaign-limits-none = without limits
campaign-whom = Who is invited
campaign-everyone = Everyone whom HR has confirmed
campaign-only-departments = Only these departments, with everything under them
campaign-departments = Departments
campaign-keep = Keep the draft
campaign-day-malformed = Please enter a day, such as 2027-03-31.
campaign-ends-before = The last day cannot come before the first.
campaign-choose-questionnaire = Please choose one of these questionnaires.
campaign-choose-departments = Please choose at least one department, or invite everyone.
campaign-plan = Plan
campaign-open-title = Open the campaign
campaign-open-text = { $count ->
    [one] One person would be invited today and gets a mail, if there is an address.
   *[other] { $count } people would be invited today. Those with an address get a mail.
}
campaign-open-freezes = Opening fixes the list of invited people with their departments, the questionnaire with its limits and the smallest group whose numbers are shown. None of it changes afterwards.
campaign-open = Open now
campaign-another-open = Another campaign is open. Only one can be: close that one first.
campaign-over = The last day has passed. Please move it first.
campaign-too-long = A campaign lasts { $days } days at most, its first and last day included. Please choose an earlier last day.
campaign-too-long-from-today = From today until its last day it would run for more than { $days } days. Please move the last day to { $date } or earlier.
campaign-at-rest = Too many of these people were invited to another campaign not long ago. Asked again so soon, their figures side by side could tell of single persons. It may open from { $date } on, or earlier for other people.
campaign-nobody-invited = Nobody would be invited: there are no confirmed people in this choice.
campaign-delete-title = Delete the draft
campaign-delete = Delete
campaign-invited = Invited people
campaign-min-group = Smallest group shown
campaign-participation = Participation
campaign-participation-on = Share of the invited who had answered on { $date }
campaign-participation-part = While a campaign runs, participation is shown for the whole company only. That of the chosen departments comes with the numbers, once the campaign has closed.
campaign-participation-few = Participation of an open campaign is shown from { $count } invited people on. Among fewer it could tell of single persons.
campaign-participation-later = It is counted once a day. The first figure comes later.
campaign-participation-note = For the whole campaign only, once a day, in steps of five percent. Who answered is shown to nobody.
campaign-remind-title = Reminder
campaign-remind-text = Hearth writes to those who have not answered yet: to each at most once a day and three times in all. You do not learn who they are or how many.
campaign-remind = Remind those who have not answered
flash-campaign-kept = The draft is kept.
flash-campaign-deleted = The draft is deleted.
flash-campaign-opened = The campaign is open, and the invitations are on their way.
flash-campaign-reminded = Reminders go out to those who have not answered.
campaign-no-address = without e-mail
campaign-people-title = People without e-mail
campaign-people-text = Add everyone who has no e-mail address before you open the campaign. After that you print a slip with a code for each of them.
campaign-people-add = Add
flash-person-added = The person is added.
campaign-codes-text = { $count ->
    [one] One invited person has no e-mail address and takes part with a code on paper.
   *[other] { $count } invited people have no e-mail address and take part with a code on paper.
}
campaign-codes-once = The codes are shown once. Printing again makes new slips for all of them and ends every earlier code, used or not, so that the slips do not tell who has answered.
campaign-codes-print = Print codes
slips-title = Codes to cut out
slips-lead = This page is shown once. Print it now, cut the slips out and hand each to its person in a closed envelope.
slips-again-title = The slips were printed already
slips-again-text = They were printed on { $date }. Every code on them stays good unless you print new ones.
slips-again-ends = Printing again makes new slips for everyone and ends every earlier code, used or not. Whoever still holds an earlier slip cannot answer with it.
slips-again-print = Print new codes
slips-again-not-now = Keep the slips as they are
slip-invitation = “{ $name }”: a few minutes for a check-up. Open this address and type the code:
campaign-close-title = Close the campaign
campaign-close-text = It closes by itself after its last day. You can also close it now.
campaign-close = Close now…
campaign-close-final = Closing is final. The campaign cannot be opened again.
campaign-close-published = The numbers are published at once, for the groups as they are today, and nothing recomputes them later.
campaign-close-answers = Nobody can answer any more, and the codes on paper end.
campaign-close-submit = Close and publish
campaign-close-not-now = Not now
flash-campaign-closed = The campaign is closed and its numbers are published.

mail-campaign-subject = { $name }: a few minutes for a check-up
mail-campaign-body =
    Hello,

    “{ $name }” has begun. Until { $date } you can answer a questionnaire of a few minutes and see at once how work is treating you:

    { $url }

    Taking part is your own decision. Your answers and your result are shown to nobody else: your company sees only figures of larger groups.
mail-reminder-subject = { $name }: still open
mail-reminder-body =
    Hello,

    you have not answered the questionnaire of “{ $name }” yet. It takes a few minutes and is open until { $date }:

    { $url }

    This mail was sent automatically. Nobody in your company learns who got it. If you do not want to take part, you need not do anything.
