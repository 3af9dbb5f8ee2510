-- That somebody asked the assistant, and when: for a limit, whatever becomes
-- of the conversation. Nothing of what was asked.
CREATE TABLE questions (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT questions_pkey PRIMARY KEY (id),
    CONSTRAINT questions_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX questions_user_idx ON questions (user_id, asked_at);
CREATE INDEX questions_asked_idx ON questions (asked_at);
