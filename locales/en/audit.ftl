# The audit log.

audit-title = Audit log
audit-lead = What administrators and HR did, and who signed in. Rows are only ever added. Check-ups, pulses and chats are not in it.
audit-whole = The log is whole: { $rows } rows, each fitting the one before.
audit-broken = The log is broken: row { $id } is missing or was changed.
audit-unchecked = The log has not been checked yet.
audit-checked-at = Checked on
audit-event = What happened
audit-any-event = Everything
audit-show = Show
audit-only-by = Only what { $name } did.
audit-everyone = Show everything
audit-empty = Nothing of this kind is in the log.
audit-number = No.
audit-when = When
audit-who = Who
audit-what = What
audit-hearth = Hearth itself
audit-former-person = former person #{ $id }
audit-former-role = former role #{ $id }

# What happened; who did it stands beside it.

audit-says-signed_in = Signed in
audit-says-role_given = Gave the role “{ $role }” to { $subject }
audit-says-role_taken = Took the role “{ $role }” from { $subject }
audit-says-role_created = Created the role “{ $subject }”, which opens: { $opens }
audit-says-role_changed = Changed the role “{ $subject }”, which now opens: { $opens }
audit-says-role_deleted = Deleted a role: { $subject }
audit-says-department_created = Created the department { $subject }
audit-says-department_changed = Changed the department { $subject }
audit-says-department_deleted = Deleted the department { $subject }
audit-says-employee_added = Added { $subject } to the employees
audit-says-employee_confirmed = Confirmed that { $subject } works here
audit-says-employee_changed = Changed the details of { $subject }
audit-says-employee_transferred = Moved { $subject } to another department
audit-says-employee_invited = Invited { $subject }
audit-says-employees_imported = Imported a list of employees
audit-says-employee_archived = Archived { $subject }
audit-says-employee_restored = Restored { $subject } from the archive
audit-says-employee_erased = Erased the data of { $subject }
audit-says-campaign_created = Created the campaign { $subject }
audit-says-campaign_changed = Changed the campaign { $subject }
audit-says-campaign_opened = Opened the campaign { $subject }
audit-says-campaign_reminded = Had reminders of the campaign { $subject } sent
audit-says-campaign_closed = Closed the campaign { $subject }
audit-says-campaign_deleted = Deleted the campaign { $subject }
audit-says-access_codes_printed = Printed access codes for the campaign { $subject }
audit-says-period_published = Published the figures of the period { $subject }
audit-says-insights_exported = Exported figures of the period { $subject }
audit-says-instrument_imported = Imported a questionnaire: { $subject }
audit-says-instrument_attested = Attested the licence of a questionnaire: { $subject }
audit-says-action_created = Planned an action: { $subject }
audit-says-action_changed = Changed a planned action: { $subject }
audit-says-support_answered = Answered a request for support: { $subject }
audit-says-support_closed = Closed a request for support: { $subject }
