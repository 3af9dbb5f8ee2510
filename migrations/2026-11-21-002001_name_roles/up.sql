-- A role that ships is known by its key and named by the catalogs; one that an
-- admin made is known by its name.
ALTER TABLE roles ADD COLUMN name TEXT;
ALTER TABLE roles ALTER COLUMN key DROP NOT NULL;
ALTER TABLE roles ADD CONSTRAINT roles_key_or_name_check CHECK ((key IS NULL) <> (name IS NULL));
ALTER TABLE roles ADD CONSTRAINT roles_name_check CHECK (length(name) BETWEEN 1 AND 255);
CREATE UNIQUE INDEX roles_name_key ON roles (lower(name));
