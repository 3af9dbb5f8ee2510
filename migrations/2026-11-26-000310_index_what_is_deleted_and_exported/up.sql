-- For what is deleted with time, and for everything about one person.
CREATE INDEX recommendations_completed_at_idx ON recommendations (completed_at) WHERE completed_at IS NOT NULL;
CREATE INDEX reminders_day_idx ON reminders (day);
CREATE INDEX consents_user_idx ON consents (user_id, id DESC);
CREATE INDEX audit_events_subject_idx ON audit_events (subject_id, id);
