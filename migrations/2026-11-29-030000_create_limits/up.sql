-- Rate limits (token buckets). The key is a keyed hash of what is limited, which
-- identifies nobody; full_at is when the bucket will be full again.
CREATE TABLE limits (
    key BYTEA NOT NULL,
    full_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT limits_pkey PRIMARY KEY (key),
    CONSTRAINT limits_key_check CHECK (length(key) = 32)
);
CREATE INDEX limits_full_idx ON limits (full_at);
