DROP TABLE instrument_figures;
CREATE TABLE instrument_figures (
    instrument_version_id BIGINT NOT NULL,
    computed_at TIMESTAMPTZ NOT NULL,
    day DATE NOT NULL,
    figures JSONB,
    CONSTRAINT instrument_figures_pkey PRIMARY KEY (instrument_version_id),
    CONSTRAINT instrument_figures_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id)
);

ALTER TRIGGER pulse_releases_append_only ON pulse_releases RENAME TO pulse_weeks_append_only;
-- The version before knows no months of the daily note.
ALTER TABLE published_pulses DISABLE TRIGGER published_pulses_append_only;
ALTER TABLE pulse_releases DISABLE TRIGGER pulse_weeks_append_only;
DELETE FROM published_pulses WHERE length = 'month';
DELETE FROM pulse_releases WHERE length = 'month';
ALTER TABLE published_pulses ENABLE TRIGGER published_pulses_append_only;
ALTER TABLE pulse_releases ENABLE TRIGGER pulse_weeks_append_only;
ALTER TABLE published_pulses DROP CONSTRAINT published_pulses_release_fkey;
ALTER TABLE published_pulses DROP CONSTRAINT published_pulses_pkey;
DROP INDEX published_pulses_release_idx;
ALTER TABLE pulse_releases DROP CONSTRAINT pulse_releases_pkey;
ALTER TABLE pulse_releases DROP CONSTRAINT pulse_releases_starts_check;
ALTER TABLE published_pulses DROP COLUMN blocks;
ALTER TABLE published_pulses DROP COLUMN length;
ALTER TABLE published_pulses RENAME COLUMN starts_on TO week;
ALTER TABLE pulse_releases DROP COLUMN length;
ALTER TABLE pulse_releases RENAME CONSTRAINT pulse_releases_min_group_check TO pulse_weeks_min_group_check;
ALTER TABLE pulse_releases RENAME TO pulse_weeks;
ALTER TABLE pulse_weeks ADD CONSTRAINT pulse_weeks_pkey PRIMARY KEY (starts_on);
ALTER TABLE pulse_weeks ADD CONSTRAINT pulse_weeks_monday_check CHECK (extract(isodow FROM starts_on) = 1);
ALTER TABLE published_pulses ADD CONSTRAINT published_pulses_pkey PRIMARY KEY (department_id, week, measure);
ALTER TABLE published_pulses ADD CONSTRAINT published_pulses_week_fkey
    FOREIGN KEY (week) REFERENCES pulse_weeks (starts_on);
CREATE INDEX published_pulses_week_idx ON published_pulses (week);

ALTER TABLE published_cells DROP COLUMN blocks;
ALTER TABLE releases DROP COLUMN degrees;
ALTER TABLE releases DROP COLUMN noise_kind;
ALTER TABLE periods DROP COLUMN rhythm;
ALTER TABLE installation DROP COLUMN noise_since;
ALTER TABLE installation DROP COLUMN noise_key;
