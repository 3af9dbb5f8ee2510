-- Which text search configuration a text is searched with stands beside it, written by
-- the application from its list of languages, so that one more language needs no
-- migration. Looking a configuration up by its name is STABLE for PostgreSQL; those that
-- it ships keep their names, so that the function may say IMMUTABLE, as a generated
-- column needs. A column of type regconfig would be in the way of pg_upgrade.
CREATE FUNCTION library_search(configuration TEXT, title TEXT, description TEXT, body TEXT) RETURNS TSVECTOR
    LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN setweight(to_tsvector(configuration::regconfig, title), 'A')
        || setweight(to_tsvector(configuration::regconfig, description), 'B')
        || setweight(to_tsvector(configuration::regconfig, body), 'C');
ALTER TABLE library_texts ADD COLUMN configuration TEXT NOT NULL DEFAULT 'simple';
UPDATE library_texts SET configuration = CASE language WHEN 'en' THEN 'english' ELSE 'russian' END
    WHERE language IN ('en', 'ru');
ALTER TABLE library_texts DROP COLUMN search;
ALTER TABLE library_texts ADD COLUMN search TSVECTOR NOT NULL
    GENERATED ALWAYS AS (library_search(configuration, title, description, body)) STORED;
CREATE INDEX library_texts_search_idx ON library_texts USING GIN (search);
