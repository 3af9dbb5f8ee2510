CREATE TABLE departments (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    parent_id BIGINT,
    name TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    updated_at TIMESTAMPTZ NOT NULL DEFAULT now(),
    CONSTRAINT departments_pkey PRIMARY KEY (id),
    CONSTRAINT departments_parent_fkey FOREIGN KEY (parent_id) REFERENCES departments (id),
    CONSTRAINT departments_name_key UNIQUE NULLS NOT DISTINCT (parent_id, name),
    CONSTRAINT departments_name_check CHECK (length(name) BETWEEN 1 AND 200),
    CONSTRAINT departments_not_own_parent CHECK (parent_id <> id)
);
CREATE TRIGGER departments_set_updated_at BEFORE UPDATE ON departments
    FOR EACH ROW EXECUTE FUNCTION set_updated_at();
