CREATE TYPE period_kind AS ENUM ('month', 'campaign');
CREATE TYPE period_state AS ENUM ('draft', 'open', 'closed');

-- What an assessment is counted in: a calendar month, or a campaign that froze
-- its instrument version, cut-off set and smallest group when it opened.
CREATE TABLE periods (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    kind period_kind NOT NULL,
    state period_state NOT NULL,
    name TEXT,
    starts_on DATE NOT NULL,
    ends_on DATE NOT NULL,
    instrument_version_id BIGINT,
    cut_off_set TEXT,
    min_group SMALLINT,
    opened_at TIMESTAMPTZ,
    closed_at TIMESTAMPTZ,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT periods_pkey PRIMARY KEY (id),
    CONSTRAINT periods_order_check CHECK (ends_on >= starts_on),
    CONSTRAINT periods_min_group_check CHECK (min_group >= 5),
    CONSTRAINT periods_month_check CHECK (
        kind <> 'month' OR (state <> 'draft' AND name IS NULL AND starts_on = date_trunc('month', starts_on)::date)
    ),
    CONSTRAINT periods_campaign_check CHECK (
        kind <> 'campaign' OR (name IS NOT NULL AND (state = 'draft' OR instrument_version_id IS NOT NULL))
    ),
    CONSTRAINT periods_closed_check CHECK ((state = 'closed') = (closed_at IS NOT NULL)),
    CONSTRAINT periods_instrument_version_fkey FOREIGN KEY (instrument_version_id) REFERENCES instrument_versions (id)
);
CREATE UNIQUE INDEX periods_month_key ON periods (starts_on) WHERE kind = 'month';
CREATE UNIQUE INDEX periods_one_open_campaign_key ON periods (kind) WHERE kind = 'campaign' AND state = 'open';
CREATE INDEX periods_ends_idx ON periods (ends_on DESC, id DESC);
CREATE TRIGGER periods_set_updated_at BEFORE UPDATE ON periods
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();

-- Who was invited to a campaign, with the department of that day.
CREATE TABLE invitations (
    period_id BIGINT NOT NULL,
    user_id BIGINT NOT NULL,
    department_id BIGINT,
    CONSTRAINT invitations_pkey PRIMARY KEY (period_id, user_id),
    CONSTRAINT invitations_period_fkey FOREIGN KEY (period_id) REFERENCES periods (id) ON DELETE CASCADE,
    CONSTRAINT invitations_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE,
    CONSTRAINT invitations_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id)
);
CREATE INDEX invitations_user_idx ON invitations (user_id);
