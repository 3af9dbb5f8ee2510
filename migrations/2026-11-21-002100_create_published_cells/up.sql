CREATE TYPE cell_state AS ENUM ('value', 'suppressed', 'empty');

-- What the closing of a period published, once and for good: nothing that
-- happens later to people, departments or settings changes a row of it.
CREATE TABLE releases (
    period_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    min_group SMALLINT NOT NULL,
    cut_off_set TEXT,
    -- Standard deviation of each scale in percent of range; NULL where it is not known.
    deviations DOUBLE PRECISION[] NOT NULL,
    -- The earlier period of the same questionnaire that changes are told against.
    against_period_id BIGINT,
    published_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT releases_pkey PRIMARY KEY (period_id, instrument_version_id),
    CONSTRAINT releases_min_group_check CHECK (min_group >= 5),
    CONSTRAINT releases_period_fkey FOREIGN KEY (period_id) REFERENCES periods (id),
    CONSTRAINT releases_instrument_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id),
    CONSTRAINT releases_against_period_fkey FOREIGN KEY (against_period_id) REFERENCES periods (id)
);
CREATE INDEX releases_instrument_version_idx ON releases (instrument_version_id, period_id);

-- The tree as it was then. Department 0 is the whole company.
CREATE TABLE released_departments (
    period_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    department_id BIGINT NOT NULL,
    parent_id BIGINT,
    place INTEGER NOT NULL,
    depth SMALLINT NOT NULL,
    name TEXT NOT NULL,
    CONSTRAINT released_departments_pkey PRIMARY KEY (period_id, instrument_version_id, department_id),
    CONSTRAINT released_departments_release_fkey
        FOREIGN KEY (period_id, instrument_version_id) REFERENCES releases (period_id, instrument_version_id)
);

-- A measure of one department's subtree. `people` and `sums` are those of whole
-- blocks; `atom` is how many people the department itself had in the measure,
-- which no page shows and the self-test needs.
CREATE TABLE published_cells (
    period_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    department_id BIGINT NOT NULL,
    measure TEXT NOT NULL,
    state cell_state NOT NULL,
    atom BIGINT NOT NULL,
    people BIGINT,
    sums BIGINT[],
    CONSTRAINT published_cells_pkey PRIMARY KEY (period_id, instrument_version_id, department_id, measure),
    CONSTRAINT published_cells_value_check
        CHECK ((state = 'value') = (people IS NOT NULL) AND (state = 'value') = (sums IS NOT NULL)),
    CONSTRAINT published_cells_people_check CHECK (people >= 5),
    CONSTRAINT published_cells_release_fkey
        FOREIGN KEY (period_id, instrument_version_id) REFERENCES releases (period_id, instrument_version_id)
);

-- A department's change of a mean against the release's earlier period, in
-- percent of range, with its 95 % interval and Holm's adjustment over the release.
CREATE TABLE published_changes (
    period_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    department_id BIGINT NOT NULL,
    measure TEXT NOT NULL,
    difference DOUBLE PRECISION NOT NULL,
    low DOUBLE PRECISION NOT NULL,
    high DOUBLE PRECISION NOT NULL,
    adjusted_p DOUBLE PRECISION NOT NULL,
    CONSTRAINT published_changes_pkey PRIMARY KEY (period_id, instrument_version_id, department_id, measure),
    CONSTRAINT published_changes_release_fkey
        FOREIGN KEY (period_id, instrument_version_id) REFERENCES releases (period_id, instrument_version_id)
);

-- People who held recommendations of a category in a month, and how many of
-- them completed one; company only.
CREATE TABLE published_shares (
    period_id BIGINT NOT NULL,
    category item_category NOT NULL,
    people BIGINT NOT NULL,
    completed BIGINT NOT NULL,
    CONSTRAINT published_shares_pkey PRIMARY KEY (period_id, category),
    CONSTRAINT published_shares_people_check CHECK (people >= 10 AND completed BETWEEN 0 AND people),
    CONSTRAINT published_shares_category_check CHECK (category <> 'professional_help'),
    CONSTRAINT published_shares_period_fkey FOREIGN KEY (period_id) REFERENCES periods (id)
);

CREATE TRIGGER releases_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON releases
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER released_departments_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON released_departments
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_cells_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON published_cells
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_changes_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON published_changes
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER published_shares_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON published_shares
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
