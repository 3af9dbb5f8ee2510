-- The key with which a row's hash was made. Older rows have none; their hash is a plain
-- SHA-256.
ALTER TABLE audit_events ADD COLUMN key_id BYTEA,
    ADD CONSTRAINT audit_events_key_id_check CHECK (length(key_id) = 8);
