CREATE TYPE language AS ENUM ('en', 'ru', 'uk');

-- A self-registered person has a claimed department; department_id and
-- confirmed_at are set once HR confirmed or imported them.
CREATE TABLE users (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    email TEXT NOT NULL,
    password_hash TEXT,
    name TEXT NOT NULL,
    position TEXT NOT NULL DEFAULT '',
    claimed_department TEXT NOT NULL DEFAULT '',
    department_id BIGINT,
    confirmed_at TIMESTAMPTZ,
    language language,
    joined_on DATE NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT users_pkey PRIMARY KEY (id),
    CONSTRAINT users_email_key UNIQUE (email),
    CONSTRAINT users_email_check CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
    CONSTRAINT users_name_check CHECK (length(name) BETWEEN 1 AND 255),
    CONSTRAINT users_position_check CHECK (length(position) <= 255),
    CONSTRAINT users_claimed_department_check CHECK (length(claimed_department) <= 255),
    CONSTRAINT users_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id),
    CONSTRAINT users_department_needs_confirmation CHECK (department_id IS NULL OR confirmed_at IS NOT NULL)
);
CREATE INDEX users_department_idx ON users (department_id);
CREATE TRIGGER users_set_updated_at BEFORE UPDATE ON users
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
