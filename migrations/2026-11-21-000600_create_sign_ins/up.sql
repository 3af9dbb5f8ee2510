CREATE TYPE sign_in_kind AS ENUM ('browser', 'api');

-- A signed-in device. The token itself is never stored, only its SHA-256.
CREATE TABLE sign_ins (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    token_hash BYTEA NOT NULL,
    kind sign_in_kind NOT NULL,
    address INET NOT NULL,
    browser TEXT NOT NULL DEFAULT '',
    created_at TIMESTAMPTZ NOT NULL,
    last_seen_at TIMESTAMPTZ NOT NULL,
    idle_expires_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT sign_ins_pkey PRIMARY KEY (id),
    CONSTRAINT sign_ins_token_hash_key UNIQUE (token_hash),
    CONSTRAINT sign_ins_token_hash_check CHECK (length(token_hash) = 32),
    CONSTRAINT sign_ins_browser_check CHECK (length(browser) <= 300),
    CONSTRAINT sign_ins_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX sign_ins_user_idx ON sign_ins (user_id, last_seen_at DESC);
CREATE INDEX sign_ins_expires_idx ON sign_ins (idle_expires_at);
