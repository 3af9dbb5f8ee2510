# The organisation's picture.

nav-insights = Overview

month-name-1 = January
month-name-2 = February
month-name-3 = March
month-name-4 = April
month-name-5 = May
month-name-6 = June
month-name-7 = July
month-name-8 = August
month-name-9 = September
month-name-10 = October
month-name-11 = November
month-name-12 = December
month-in-1 = In January
month-in-2 = In February
month-in-3 = In March
month-in-4 = In April
month-in-5 = In May
month-in-6 = In June
month-in-7 = In July
month-in-8 = In August
month-in-9 = In September
month-in-10 = In October
month-in-11 = In November
month-in-12 = In December

insights-period-month = { $month } { $year }
insights-in-month = { $month } { $year }
insights-in-campaign = In the campaign “{ $name }”
insights-since-month = { $month } { $year }
insights-since-campaign = the campaign “{ $name }”

insights-company = The whole company
insights-path = Where you are
insights-period = Period
insights-department = Department
insights-questionnaire = Questionnaire
insights-version = Version { $number }
insights-show = Show
insights-campaign-open = Under way: “{ $name }”, until { $date }.
insights-campaign-participation = About { $percent } % have answered, as of { $date }.
insights-headline = In figures
insights-change-real = since { $since }: probably a real change
insights-change-chance = No clear change since { $since }
insights-participation = Answered
insights-under = under { $percent } %
insights-over = over { $percent } %
insights-before = before the rules of { $date }
insights-month-shows = A month shows the company and those parts of it with at least { $count } answers. Small teams appear after campaigns.
insights-month-campaign-open = One is under way until { $date }.
insights-month-campaign-from = The next one for the same people may open from { $date } on.
insights-month-campaign-now = One may open at any time.
insights-people = { $count ->
    [one] at least { $count } person
   *[other] at least { $count } people
}

insights-heat = Where it burns
insights-heat-note = Each figure is the mean of a department with everything under it, in percent of the scale: 0 is no strain, 100 the most that the questionnaire can show.
insights-heat-deeper = Open a department to see what lies under it.
insights-legend = What the cells mean
insights-legend-uncertain = uncertain: the interval is 20 points or wider
insights-legend-suppressed = hidden: too few people
insights-legend-empty = nobody belonged there
insights-look-uncertain = uncertain
insights-look-suppressed = Too few people to show a figure
insights-look-empty = Nobody belonged there
insights-values = Answers by value
insights-values-note = These scales have too few possible values, or too wide gaps between them, for a mean. Shown is the share of people with each value, with its 95 % interval.
insights-levels = Levels
insights-levels-note = Share of people with each level of the sum, with its 95 % interval.
insights-profiles = Profiles
insights-profiles-note = Share of people with each pattern of the three dimensions, with its 95 % interval.
insights-trend = Over time
insights-trend-of = { $scale } over the closed periods, in percent
insights-trend-note = The pale band is the 95 % interval. Two points whose bands overlap may differ by chance.
insights-as-table = As a table
insights-pulse = Pulse by month
insights-pulse-note = Means of those who logged their day in the month, 0 to 100, for the company and its large parts.
insights-pulse-week = Week from { $date }
insights-completed = What people tried
insights-completed-note = Of those with a suggestion of the kind, the share that completed one in the latest month. The whole company only.
insights-export-csv = Download as CSV
insights-export-xlsx = Download for Excel
insights-sheet-heat = Departments now
insights-sheet-trend = Over time
insights-sheet-shares = Shares
insights-sheet-notes = How to read this

insights-how-title = How to read this page
insights-how-who = Everyone counts once per period, with the latest check-up before it closed, in the department they belonged to when they made it. People who registered themselves count once HR has confirmed them. The figures describe those who answered.
insights-how-scale = Every scale is turned so that higher means more strain. The levels follow the questionnaire’s limits.
insights-how-blocks = Figures are published once, when a period closes, and only from groups: means from groups of at least { $count } people, shares from groups of at least { $twice }. A team with fewer people counts only in a larger group above it. What is left over at the very top enters no figure.
insights-how-noise = Every group’s figure is blurred a little: a small number is added that depends on who is counted, never on what they answered. For the same people it is always the same. So nobody’s answers can be worked out by comparing figures over time.
insights-how-months = Small teams appear after campaigns. Months and daily notes come often and show only the company and its large parts.
insights-before-rules = This period was published before the rules of { $date }: its figures are not blurred, and small teams appear in months, too. It is not compared with later periods.
insights-how-rounding = Numbers of people are rounded down to a multiple of 5. The means of groups are kept away from the ends of the scale. In shares no category of a group holds all of it or all but one: the excess is moved to the neighbouring category. So nobody’s answer can be worked out from a figure, and an extreme one may look a little milder than it is.
insights-how-coarse = A scale with fewer than ten possible values, or with wide gaps between them, has no mean and no change, because a mean of a few people would count how many of them gave which answer. Its values are shown as shares, from groups as large as for other shares. A sum that such a scale is part of has no mean either.
insights-how-intervals = “± 4” means that the true mean lies within 4 points of the figure 19 times out of 20, the blur included. Where the interval is 20 points or wider the cell is marked as uncertain: do not act on it alone.
insights-how-changes = “Probably a real change” is said only where chance explains a difference less than once in 20 times, after a correction for looking at many departments and scales at once (Holm). Where the same people answered both times this is on the careful side.
insights-how-icd = Nothing here is a diagnosis. In ICD-11, burn-out is described as an occupational phenomenon, not as a medical condition.

summary-company = The company as a whole
summary-company-inside = the company as a whole
summary-departments = { $name } as a whole
summary-departments-inside = { $name } as a whole
summary-department = { $name }
summary-department-inside = { $name }
summary-nobody = { $in }, nobody belonged to { $whole }.
summary-shares-only = { $in }, the numbers of { $whole } are shares of answers: these scales have too few values for a mean.
summary-too-few = { $in }, too few people of { $whole } answered to show a figure.
summary-one-stands-out = { $in }, { $scale } is clearly higher in { $first } ({ $first_value }) than in the rest.
summary-two-stand-out = { $in }, { $scale } is clearly higher in { $first } ({ $first_value }) and { $second } ({ $second_value }) than in the rest.
summary-nobody-stands-out = { $in }, no department is above the rest by more than chance.
summary-whole-opens = { $in }, { $whole } is at { $value } in { $scale }{ $change }.
summary-whole-named = { $whole } is at { $value } in { $scale }{ $change }.
summary-whole = { $whole } is at { $value }{ $change }.
summary-value-inside = { $percent }, { $level }
summary-value = { $percent } ({ $level })
summary-within-chance = , with no clear change since { $since }
summary-higher = , probably a real rise since { $since } (+{ $points })
summary-lower = , probably a real fall since { $since } (−{ $points })
summary-also-higher = There is probably a real rise since { $since } in { $scale } (+{ $points }).
summary-also-lower = There is probably a real fall since { $since } in { $scale } (−{ $points }).
summary-few-answered = Only about { $percent } % answered: this describes them, not everyone.
summary-level-low = low
summary-level-medium = medium
summary-level-high = high
summary-level-low-medium = low to medium
summary-level-medium-high = medium to high
summary-level-low-high = anywhere from low to high

beginning-title = Four steps to the first picture
beginning-lead = Here you will see where the company is strained and whether that changes. Never whose strain it is.
beginning-done = Done.
beginning-departments = Departments
beginning-text-departments = The tree that figures are shown by.
beginning-departments-count = { $count ->
    [0] There are none yet.
    [one] There is { $count } department.
   *[other] There are { $count } departments.
}
beginning-people = People
beginning-text-people = Import employees, or confirm those who registered themselves.
beginning-people-count = { $count ->
    [0] Nobody is confirmed yet; figures need at least { $enough }.
    [one] { $count } person is confirmed; figures need at least { $enough }.
   *[other] { $count } people are confirmed; figures need at least { $enough }.
}
beginning-campaign = Campaign
beginning-text-campaign = Invite everyone at once, or let people check up month by month.
beginning-campaign-open = “{ $name }” is under way.
beginning-campaign-planned = There is none under way.
beginning-campaign-none = There is none yet. Without one, the month counts.
beginning-publication = The day of publication
beginning-text-publication = Figures appear when the campaign closes, else at the end of the month.
beginning-publication-on = The first ones appear on { $date }.
beginning-wait-title = Nothing to see yet
beginning-wait = Figures of your department appear here once the first period has closed.
beginning-nowhere-title = You are in no department yet
beginning-nowhere = Here you would see the figures of your department with everything under it. Ask HR to put you into one.
