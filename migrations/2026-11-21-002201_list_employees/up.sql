-- Who somebody reports to, which gives no right, and when they were last
-- mailed an invitation.
ALTER TABLE users
    ADD COLUMN manager_id BIGINT,
    ADD COLUMN invited_at TIMESTAMPTZ,
    ADD CONSTRAINT users_manager_fkey FOREIGN KEY (manager_id) REFERENCES users (id) ON DELETE SET NULL,
    ADD CONSTRAINT users_not_own_manager CHECK (manager_id <> id);
CREATE INDEX users_manager_idx ON users (manager_id) WHERE manager_id IS NOT NULL;

-- The list stands in the order of names.
CREATE INDEX users_name_idx ON users (name, id);
CREATE INDEX users_waiting_idx ON users (name, id) WHERE confirmed_at IS NULL;
CREATE INDEX users_no_password_idx ON users (name, id) WHERE confirmed_at IS NOT NULL AND password_hash IS NULL;

-- The words of a name and of an address, each found by its beginning.
CREATE FUNCTION searchable(name TEXT, email TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple', translate(name || ' ' || coalesce(email, ''), '@.-_+''/&<>"()%#=:;,!?*\', '                       '));
CREATE INDEX users_search_idx ON users USING gin (searchable(name, email));
