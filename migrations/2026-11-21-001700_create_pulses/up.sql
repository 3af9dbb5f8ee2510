-- The daily pulse: one row a person and a day, each value 0 to 100.
CREATE TABLE pulses (
    user_id BIGINT NOT NULL,
    day DATE NOT NULL,
    burnout SMALLINT NOT NULL,
    stress SMALLINT NOT NULL,
    productivity SMALLINT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT pulses_pkey PRIMARY KEY (user_id, day),
    CONSTRAINT pulses_burnout_check CHECK (burnout BETWEEN 0 AND 100),
    CONSTRAINT pulses_stress_check CHECK (stress BETWEEN 0 AND 100),
    CONSTRAINT pulses_productivity_check CHECK (productivity BETWEEN 0 AND 100),
    CONSTRAINT pulses_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX pulses_day_idx ON pulses (day);
CREATE TRIGGER pulses_set_updated_at BEFORE UPDATE ON pulses
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
