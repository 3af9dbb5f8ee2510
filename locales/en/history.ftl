# My past results.

history-title = My check-ups
history-csv = Download as CSV
history-empty = You have no check-up yet. After the second one you will see here whether something really changed.
history-trend = How it went
history-trend-note = Each dimension in percent of its range; higher is more strain. The band is the measurement error: a move that stays inside it may be chance.
history-table = All results
history-date = Date
history-profile = Profile
history-level = Overall level
chart-scale-label = { $name } over time, in percent of its range; the table below has the figures
chart-overview-label = Your dimensions over time, in percent of their ranges; the page History has the figures
