CREATE TYPE burnout_level AS ENUM ('low', 'medium', 'high');
CREATE TYPE burnout_profile AS ENUM ('burnout', 'overextended', 'disengaged', 'ineffective', 'balanced', 'engaged');

-- One answered questionnaire. subscale_scores stand in the order of the
-- instrument version's subscales; a NULL element is a subscale with too few
-- answers. A row without user_id is a person who left before the period closed:
-- no answers, no time, only what the period's numbers need.
CREATE TABLE assessments (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT,
    period_id BIGINT NOT NULL,
    department_id BIGINT,
    instrument_version_id BIGINT NOT NULL,
    made_at TIMESTAMPTZ,
    subscale_scores DOUBLE PRECISION[] NOT NULL,
    score DOUBLE PRECISION,
    level burnout_level,
    profile burnout_profile,
    answers JSONB,
    counts BOOLEAN NOT NULL,
    idempotency_key TEXT,
    CONSTRAINT assessments_pkey PRIMARY KEY (id),
    CONSTRAINT assessments_left_check CHECK ((user_id IS NULL) = (answers IS NULL) AND (user_id IS NULL) = (made_at IS NULL)),
    CONSTRAINT assessments_idempotency_key_check CHECK (length(idempotency_key) BETWEEN 1 AND 100),
    CONSTRAINT assessments_user_fkey FOREIGN KEY (user_id) REFERENCES users (id),
    CONSTRAINT assessments_period_fkey FOREIGN KEY (period_id) REFERENCES periods (id),
    CONSTRAINT assessments_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id),
    CONSTRAINT assessments_instrument_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id)
);
CREATE UNIQUE INDEX assessments_counts_key ON assessments (user_id, period_id, instrument_version_id) WHERE counts;
CREATE UNIQUE INDEX assessments_idempotency_key_key ON assessments (user_id, idempotency_key);
CREATE INDEX assessments_history_idx ON assessments (user_id, made_at DESC, id DESC);
CREATE INDEX assessments_period_idx ON assessments (period_id) WHERE counts;
CREATE INDEX assessments_made_idx ON assessments (made_at);
