CREATE TYPE import_state AS ENUM ('checked', 'running', 'done', 'failed');

-- Uploaded lists of employees. What was looked at is what runs; a day later it
-- is gone, and the file goes as soon as it is imported.
CREATE TABLE imports (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    content BYTEA NOT NULL,
    invite BOOLEAN NOT NULL,
    language language NOT NULL,
    state import_state NOT NULL DEFAULT 'checked',
    steps INTEGER NOT NULL DEFAULT 0,
    steps_done INTEGER NOT NULL DEFAULT 0,
    seen_running_at TIMESTAMPTZ,
    result JSONB,
    created_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT imports_pkey PRIMARY KEY (id),
    CONSTRAINT imports_content_check CHECK (length(content) <= 5 * 1024 * 1024),
    CONSTRAINT imports_result_check CHECK ((state = 'done') = (result IS NOT NULL)),
    CONSTRAINT imports_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX imports_user_idx ON imports (user_id);
CREATE INDEX imports_created_idx ON imports (created_at);
