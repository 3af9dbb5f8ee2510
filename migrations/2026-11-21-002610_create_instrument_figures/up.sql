-- How the items of a version go together among at least 100 people, as it was
-- found on a day; without figures while there are fewer people.
CREATE TABLE instrument_figures (
    instrument_version_id BIGINT NOT NULL,
    computed_at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    figures JSONB,
    CONSTRAINT instrument_figures_pkey PRIMARY KEY (instrument_version_id),
    CONSTRAINT instrument_figures_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id)
);
-- Whether a version was ever answered; a few pages however many rows there are.
CREATE INDEX assessments_version_idx ON assessments USING brin (instrument_version_id) WITH (autosummarize = on);
