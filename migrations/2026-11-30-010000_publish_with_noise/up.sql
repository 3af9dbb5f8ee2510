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

-- The months of the daily note that were published; pulse_weeks are from before.
CREATE TABLE pulse_months (
    starts_on DATE NOT NULL,
    min_group SMALLINT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pulse_months_pkey PRIMARY KEY (starts_on),
    CONSTRAINT pulse_months_first_check CHECK (extract(day FROM starts_on) = 1),
    CONSTRAINT pulse_months_min_group_check CHECK (min_group >= 5)
);

-- A month's mean of one department's subtree, from whole blocks, with its place in the
-- tree as it was then.
CREATE TABLE published_pulse_months (
    department_id BIGINT NOT NULL,
    starts_on DATE NOT NULL,
    parent_id BIGINT,
    place INTEGER NOT NULL,
    measure TEXT NOT NULL,
    state cell_state NOT NULL,
    atom BIGINT NOT NULL,
    people BIGINT,
    blocks INTEGER,
    total BIGINT,
    CONSTRAINT published_pulse_months_pkey PRIMARY KEY (department_id, starts_on, measure),
    CONSTRAINT published_pulse_months_value_check CHECK (
        (state = 'value') = (people IS NOT NULL)
        AND (state = 'value') = (blocks IS NOT NULL)
        AND (state = 'value') = (total IS NOT NULL)
    ),
    CONSTRAINT published_pulse_months_people_check CHECK (people >= 40),
    CONSTRAINT published_pulse_months_month_fkey FOREIGN KEY (starts_on) REFERENCES pulse_months (starts_on)
);
CREATE INDEX published_pulse_months_month_idx ON published_pulse_months (starts_on);

CREATE TRIGGER pulse_months_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pulse_months
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_pulse_months_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON published_pulse_months
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();

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
