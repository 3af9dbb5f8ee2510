CREATE TABLE instruments (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    key TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT instruments_pkey PRIMARY KEY (id),
    CONSTRAINT instruments_key_key UNIQUE (key)
);
-- A version never changes: an assessment keeps the one it was answered with.
CREATE TABLE instrument_versions (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    instrument_id BIGINT NOT NULL,
    version TEXT NOT NULL,
    definition JSONB NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT instrument_versions_pkey PRIMARY KEY (id),
    CONSTRAINT instrument_versions_version_key UNIQUE (instrument_id, version),
    CONSTRAINT instrument_versions_instrument_fkey FOREIGN KEY (instrument_id) REFERENCES instruments (id)
);
