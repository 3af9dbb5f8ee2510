-- What a department set out to do about one dimension. The text is HR's or a
-- manager's own; who does it is a role or a name as they wrote it. What became
-- of it is read from the numbers of the campaign closed last when it was
-- planned and of the next one.
CREATE TABLE actions (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    department_id BIGINT NOT NULL,
    instrument_version_id BIGINT NOT NULL,
    dimension TEXT NOT NULL,
    what TEXT NOT NULL,
    who TEXT NOT NULL,
    until_on DATE NOT NULL,
    baseline_period_id BIGINT,
    created_by BIGINT,
    created_at TIMESTAMPTZ NOT NULL,
    done_at TIMESTAMPTZ,
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT actions_pkey PRIMARY KEY (id),
    CONSTRAINT actions_dimension_check CHECK (length(dimension) BETWEEN 1 AND 100),
    CONSTRAINT actions_what_check CHECK (length(what) BETWEEN 1 AND 500),
    CONSTRAINT actions_who_check CHECK (length(who) BETWEEN 1 AND 200),
    CONSTRAINT actions_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id) ON DELETE CASCADE,
    CONSTRAINT actions_instrument_version_fkey
        FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id),
    CONSTRAINT actions_baseline_period_fkey FOREIGN KEY (baseline_period_id) REFERENCES periods (id),
    CONSTRAINT actions_created_by_fkey FOREIGN KEY (created_by) REFERENCES users (id) ON DELETE SET NULL
);
CREATE INDEX actions_open_idx ON actions (department_id, until_on, id) WHERE done_at IS NULL;
CREATE INDEX actions_done_idx ON actions (department_id, done_at DESC, id DESC) WHERE done_at IS NOT NULL;
CREATE INDEX actions_created_by_idx ON actions (created_by);
CREATE TRIGGER actions_set_updated_at BEFORE UPDATE ON actions
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
