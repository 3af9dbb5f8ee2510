-- How often something may happen: a key says what, without saying who, and
-- the moment when as much may happen again as at the beginning.
CREATE TABLE limits (
    key BYTEA NOT NULL,
    full_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT limits_pkey PRIMARY KEY (key),
    CONSTRAINT limits_key_check CHECK (length(key) = 32)
);
CREATE INDEX limits_full_idx ON limits (full_at);
