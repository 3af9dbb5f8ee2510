-- The ISO weeks whose pulses were published, named by their Monday.
CREATE TABLE pulse_weeks (
    starts_on DATE NOT NULL,
    min_group SMALLINT NOT NULL,
    published_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT pulse_weeks_pkey PRIMARY KEY (starts_on),
    CONSTRAINT pulse_weeks_monday_check CHECK (extract(isodow FROM starts_on) = 1),
    CONSTRAINT pulse_weeks_min_group_check CHECK (min_group >= 5)
);

-- A week's mean of one department's subtree, from whole blocks, with its place
-- in the tree as it was then.
CREATE TABLE published_pulses (
    department_id BIGINT NOT NULL,
    week DATE NOT NULL,
    parent_id BIGINT,
    place INTEGER NOT NULL,
    measure TEXT NOT NULL,
    state cell_state NOT NULL,
    atom BIGINT NOT NULL,
    people BIGINT,
    total BIGINT,
    CONSTRAINT published_pulses_pkey PRIMARY KEY (department_id, week, measure),
    CONSTRAINT published_pulses_value_check
        CHECK ((state = 'value') = (people IS NOT NULL) AND (state = 'value') = (total IS NOT NULL)),
    CONSTRAINT published_pulses_people_check CHECK (people >= 5),
    CONSTRAINT published_pulses_week_fkey FOREIGN KEY (week) REFERENCES pulse_weeks (starts_on)
);
CREATE INDEX published_pulses_week_idx ON published_pulses (week);

CREATE TRIGGER pulse_weeks_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON pulse_weeks
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_pulses_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON published_pulses
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
