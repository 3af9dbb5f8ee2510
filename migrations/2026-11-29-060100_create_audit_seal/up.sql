-- The number of audit rows from before there was a key, authenticated with the key, so
-- that no later row can be passed off as one of them.
CREATE TABLE audit_seal (
    singleton BOOLEAN NOT NULL DEFAULT TRUE,
    unkeyed BIGINT NOT NULL,
    key_id BYTEA NOT NULL,
    mac BYTEA NOT NULL,
    CONSTRAINT audit_seal_pkey PRIMARY KEY (singleton),
    CONSTRAINT audit_seal_singleton_check CHECK (singleton),
    CONSTRAINT audit_seal_key_id_check CHECK (length(key_id) = 8)
);
