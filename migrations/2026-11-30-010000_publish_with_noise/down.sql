DROP TABLE instrument_figures;
CREATE TABLE instrument_figures (
    instrument_version_id BIGINT NOT NULL,
    computed_at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    figures JSONB,
    CONSTRAINT instrument_figures_pkey PRIMARY KEY (instrument_version_id),
    CONSTRAINT instrument_figures_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id)
);

DROP TABLE published_pulse_months;
DROP TABLE pulse_months;

ALTER TABLE published_cells DROP COLUMN blocks;
ALTER TABLE releases DROP COLUMN degrees;
ALTER TABLE releases DROP COLUMN noise_kind;
ALTER TABLE periods DROP COLUMN rhythm;
ALTER TABLE installation DROP COLUMN noise_since;
ALTER TABLE installation DROP COLUMN noise_key;
