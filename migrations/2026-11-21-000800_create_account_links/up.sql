CREATE TYPE link_purpose AS ENUM ('password_reset', 'email_change', 'invitation');

-- Single-use links sent by mail; only the SHA-256 of the token is kept.
CREATE TABLE account_links (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    purpose link_purpose NOT NULL,
    token_hash BYTEA NOT NULL,
    new_email TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    expires_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT account_links_pkey PRIMARY KEY (id),
    CONSTRAINT account_links_token_hash_key UNIQUE (token_hash),
    CONSTRAINT account_links_new_email_check CHECK ((purpose = 'email_change') = (new_email IS NOT NULL)),
    CONSTRAINT account_links_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX account_links_user_idx ON account_links (user_id, purpose);
CREATE INDEX account_links_expires_idx ON account_links (expires_at);
