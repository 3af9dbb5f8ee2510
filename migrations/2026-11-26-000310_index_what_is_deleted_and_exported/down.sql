DROP INDEX audit_events_subject_idx;
DROP INDEX consents_user_idx;
DROP INDEX reminders_day_idx;
DROP INDEX recommendations_completed_at_idx;
