-- What the last walk along the audit log's chain found.
CREATE TABLE audit_checks (
    singleton BOOLEAN NOT NULL DEFAULT TRUE,
    checked_at TIMESTAMPTZ NOT NULL,
    last_id BIGINT NOT NULL,
    last_hash BYTEA NOT NULL,
    broken_id BIGINT,
    CONSTRAINT audit_checks_pkey PRIMARY KEY (singleton),
    CONSTRAINT audit_checks_singleton_check CHECK (singleton)
);
