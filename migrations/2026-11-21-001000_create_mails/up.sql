-- Mail waiting to be sent. Claimed FOR UPDATE SKIP LOCKED, deleted once sent:
-- the text carries links that must not outlive their use.
CREATE TABLE mails (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    recipient TEXT NOT NULL,
    subject TEXT NOT NULL,
    body TEXT NOT NULL,
    attempts SMALLINT NOT NULL DEFAULT 0,
    next_attempt_at TIMESTAMPTZ NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT mails_pkey PRIMARY KEY (id)
);
CREATE INDEX mails_next_attempt_idx ON mails (next_attempt_at);
CREATE TRIGGER mails_set_updated_at BEFORE UPDATE ON mails
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
