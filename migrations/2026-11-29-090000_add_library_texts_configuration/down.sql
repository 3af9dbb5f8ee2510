ALTER TABLE library_texts DROP COLUMN search;
ALTER TABLE library_texts DROP COLUMN configuration;
DROP FUNCTION library_search;
ALTER TABLE library_texts ADD COLUMN search TSVECTOR NOT NULL GENERATED ALWAYS AS (
    CASE language
        WHEN 'en' THEN setweight(to_tsvector('english', title), 'A')
            || setweight(to_tsvector('english', description), 'B') || setweight(to_tsvector('english', body), 'C')
        WHEN 'ru' THEN setweight(to_tsvector('russian', title), 'A')
            || setweight(to_tsvector('russian', description), 'B') || setweight(to_tsvector('russian', body), 'C')
        ELSE setweight(to_tsvector('simple', title), 'A')
            || setweight(to_tsvector('simple', description), 'B') || setweight(to_tsvector('simple', body), 'C')
    END) STORED;
CREATE INDEX library_texts_search_idx ON library_texts USING GIN (search);
