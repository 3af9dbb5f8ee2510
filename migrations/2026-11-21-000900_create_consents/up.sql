CREATE TYPE consent_purpose AS ENUM ('assessment', 'assistant');

-- The history of what a person agreed to, with the version of the text they read.
CREATE TABLE consents (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    purpose consent_purpose NOT NULL,
    text_version TEXT NOT NULL,
    given_at TIMESTAMPTZ NOT NULL,
    withdrawn_at TIMESTAMPTZ,
    CONSTRAINT consents_pkey PRIMARY KEY (id),
    CONSTRAINT consents_order_check CHECK (withdrawn_at >= given_at),
    CONSTRAINT consents_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE UNIQUE INDEX consents_current_key ON consents (user_id, purpose) WHERE withdrawn_at IS NULL;
