-- Which key a row's hash was made with. Rows from before there was one have
-- none, and their hash is a plain SHA-256.
ALTER TABLE audit_events ADD COLUMN key_id BYTEA,
    ADD CONSTRAINT audit_events_key_id_check CHECK (length(key_id) = 8);
