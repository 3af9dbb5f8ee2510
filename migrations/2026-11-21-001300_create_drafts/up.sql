-- Half-filled answers, so that a check-up can be resumed on another device.
CREATE TABLE drafts (
    user_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    answers JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT drafts_pkey PRIMARY KEY (user_id, instrument_version_id),
    CONSTRAINT drafts_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT drafts_instrument_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id)
);
CREATE INDEX drafts_updated_idx ON drafts (updated_at);
CREATE TRIGGER drafts_set_updated_at BEFORE UPDATE ON drafts
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
