DROP INDEX users_search_idx;
DROP FUNCTION searchable(TEXT, TEXT);
DROP FUNCTION folded_for_search(TEXT);
CREATE FUNCTION searchable(name TEXT, email TEXT) RETURNS TSVECTOR LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN to_tsvector('simple', translate(name || ' ' || coalesce(email, ''), '@.-_+''/&<>"()%#=:;,!?*\', '                       '));
CREATE INDEX users_search_idx ON users USING gin (searchable(name, email));
