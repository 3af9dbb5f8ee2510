-- Who did what, without what it was about: no name, no address, no answer.
-- Rows are only ever added, and each carries the hash of the one before.
CREATE TABLE audit_events (
    id BIGINT NOT NULL,
    happened_at TIMESTAMPTZ NOT NULL,
    actor_id BIGINT,
    event TEXT NOT NULL,
    subject_id BIGINT,
    details JSONB NOT NULL,
    previous_hash BYTEA NOT NULL,
    hash BYTEA NOT NULL,
    CONSTRAINT audit_events_pkey PRIMARY KEY (id),
    CONSTRAINT audit_events_hash_check CHECK (length(hash) = 32 AND length(previous_hash) = 32)
);
CREATE INDEX audit_events_event_idx ON audit_events (event, id DESC);
CREATE INDEX audit_events_actor_idx ON audit_events (actor_id, id DESC);

CREATE FUNCTION refuse_change() RETURNS TRIGGER LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'rows of % are only ever added', TG_TABLE_NAME;
END;
$$;
CREATE TRIGGER audit_events_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_events
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
