-- Published means carry a little noise, computed from this key and from who is counted.
-- Made once: with another key the same people would get other noise, and the mean of
-- both would tell more than each. gen_random_uuid() draws from the operating system.
ALTER TABLE installation ADD COLUMN noise_key BYTEA NOT NULL
    DEFAULT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid()));
ALTER TABLE installation ADD CONSTRAINT installation_noise_key_check CHECK (octet_length(noise_key) = 32);
-- What was published before this moment has no noise and smaller groups.
ALTER TABLE installation ADD COLUMN noise_since TIMESTAMPTZ NOT NULL DEFAULT now();

-- How often campaigns came when this one opened: it determines its noise.
ALTER TABLE periods ADD COLUMN rhythm TEXT;
ALTER TABLE periods ADD CONSTRAINT periods_rhythm_check CHECK (rhythm IN ('twice', 'quarterly'));

-- What the noise and the smallest block of a release follow from; NULL of releases from
-- before there was noise.
ALTER TABLE releases ADD COLUMN noise_kind TEXT;
ALTER TABLE releases ADD CONSTRAINT releases_noise_kind_check CHECK (noise_kind IN ('campaign', 'quarterly', 'month'));
-- Degrees of freedom of each deviation; NULL where the questionnaire declares it.
ALTER TABLE releases ADD COLUMN degrees BIGINT[];
-- How many blocks a mean is the sum of.
ALTER TABLE published_cells ADD COLUMN blocks INTEGER;

-- The daily note is published by the month; weeks are from before.
ALTER TABLE pulse_weeks RENAME TO pulse_releases;
ALTER TABLE pulse_releases RENAME CONSTRAINT pulse_weeks_min_group_check TO pulse_releases_min_group_check;
ALTER TABLE pulse_releases ADD COLUMN length TEXT NOT NULL DEFAULT 'week';
ALTER TABLE pulse_releases ALTER COLUMN length DROP DEFAULT;
ALTER TABLE pulse_releases DROP CONSTRAINT pulse_weeks_monday_check;
ALTER TABLE pulse_releases ADD CONSTRAINT pulse_releases_starts_check CHECK (
    length = 'week' AND extract(isodow FROM starts_on) = 1 OR length = 'month' AND extract(day FROM starts_on) = 1
);
ALTER TABLE published_pulses RENAME COLUMN week TO starts_on;
ALTER TABLE published_pulses ADD COLUMN length TEXT NOT NULL DEFAULT 'week';
ALTER TABLE published_pulses ALTER COLUMN length DROP DEFAULT;
ALTER TABLE published_pulses ADD COLUMN blocks INTEGER;
ALTER TABLE published_pulses DROP CONSTRAINT published_pulses_week_fkey;
ALTER TABLE published_pulses DROP CONSTRAINT published_pulses_pkey;
ALTER TABLE pulse_releases DROP CONSTRAINT pulse_weeks_pkey;
DROP INDEX published_pulses_week_idx;
ALTER TABLE pulse_releases ADD CONSTRAINT pulse_releases_pkey PRIMARY KEY (length, starts_on);
ALTER TABLE published_pulses ADD CONSTRAINT published_pulses_pkey
    PRIMARY KEY (department_id, length, starts_on, measure);
ALTER TABLE published_pulses ADD CONSTRAINT published_pulses_release_fkey
    FOREIGN KEY (length, starts_on) REFERENCES pulse_releases (length, starts_on);
CREATE INDEX published_pulses_release_idx ON published_pulses (length, starts_on);
ALTER TRIGGER pulse_weeks_append_only ON pulse_releases RENAME TO pulse_releases_append_only;

-- How the items of a version go together among those who counted in a period, computed
-- once when it has closed. Until now these figures were computed on any day.
DROP TABLE instrument_figures;
CREATE TABLE instrument_figures (
    period_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    -- NULL of fewer than 100 people.
    figures JSONB,
    CONSTRAINT instrument_figures_pkey PRIMARY KEY (period_id, instrument_version_id),
    CONSTRAINT instrument_figures_release_fkey
        FOREIGN KEY (period_id, instrument_version_id) REFERENCES releases (period_id, instrument_version_id)
);
