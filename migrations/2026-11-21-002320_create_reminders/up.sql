-- Who was reminded of a campaign, so that nobody is more than once a day.
CREATE TABLE reminders (
    period_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    day DATE NOT NULL,
    CONSTRAINT reminders_once_a_day_key PRIMARY KEY (period_id, user_id, day),
    CONSTRAINT reminders_invitation_fkey FOREIGN KEY (period_id, user_id)
        REFERENCES invitations (period_id, user_id) ON DELETE CASCADE
);
