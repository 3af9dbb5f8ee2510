# Today: where I stand, the pulse.

dashboard-greeting = Hello, { $name }
dashboard-campaign = { $name } is open
dashboard-campaign-until = Until { $date }.
dashboard-draft = You stopped half-way
dashboard-draft-saved = Your answers are kept since { $time }.
dashboard-draft-resume = Go on
dashboard-standing = Where you stand
dashboard-last-result = Result of { $date }
dashboard-level = Overall level
dashboard-chart-caption = Percent of each range; higher is more strain.
dashboard-empty-title = Nothing here yet
dashboard-empty = A check-up takes a few minutes. Afterwards you see here where you stand and what helps.
dashboard-next = What could help next
dashboard-all-recs = { $count ->
    [one] Your suggestion
   *[other] All { $count } suggestions
}
dashboard-days = Days in Hearth
dashboard-completed = Suggestions done

pulse-title = Today’s pulse
pulse-burnout = Burned out
pulse-stress = Stress
pulse-productivity = Productivity
pulse-low-burnout = 0: not at all
pulse-high-burnout = 100: completely
pulse-low-stress = 0: calm
pulse-high-stress = 100: hard to bear
pulse-low-productivity = 0: stuck
pulse-high-productivity = 100: flowing
pulse-save = Save pulse
pulse-change = Change today’s pulse
pulse-note = Only you see it. One a day; saving again replaces it.
pulse-out-of-range = Please enter a whole number from 0 to 100.
flash-pulse-saved = Today’s pulse is saved.
chart-pulse-label = Your pulse of the latest days, from 0 to 100
