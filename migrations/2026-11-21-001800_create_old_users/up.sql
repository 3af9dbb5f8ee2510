-- People who left the company. No password and nothing about their health.
CREATE TABLE old_users (
    id BIGINT NOT NULL,
    email TEXT NOT NULL,
    name TEXT NOT NULL,
    position TEXT NOT NULL,
    department TEXT NOT NULL,
    joined_on DATE NOT NULL,
    days_in_system INTEGER NOT NULL,
    completed_recommendations INTEGER NOT NULL,
    archived_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT old_users_pkey PRIMARY KEY (id),
    CONSTRAINT old_users_email_key UNIQUE (email),
    CONSTRAINT old_users_days_check CHECK (days_in_system >= 0),
    CONSTRAINT old_users_completed_check CHECK (completed_recommendations >= 0)
);
