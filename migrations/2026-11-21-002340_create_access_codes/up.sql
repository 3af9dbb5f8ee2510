ALTER TYPE sign_in_kind ADD VALUE 'code';
ALTER TYPE attempt_kind ADD VALUE 'access_code';

-- Codes on paper for invited people without an address: one a person and
-- campaign, good once. Only a keyed hash is kept.
CREATE TABLE access_codes (
    period_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    code_hash BYTEA NOT NULL,
    printed_at TIMESTAMPTZ NOT NULL,
    used_at TIMESTAMPTZ,
    CONSTRAINT access_codes_pkey PRIMARY KEY (period_id, user_id),
    CONSTRAINT access_codes_code_hash_key UNIQUE (code_hash),
    CONSTRAINT access_codes_code_hash_check CHECK (length(code_hash) = 32),
    CONSTRAINT access_codes_invitation_fkey FOREIGN KEY (period_id, user_id)
        REFERENCES invitations (period_id, user_id) ON DELETE CASCADE
);
