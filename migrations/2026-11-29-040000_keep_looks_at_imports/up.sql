-- A file is read and planned once, when it comes: what a page shows of it is
-- kept, so that a look costs one row. Uploads live for a day and can come again.
DELETE FROM imports;
ALTER TABLE imports
    ADD COLUMN choices JSONB NOT NULL DEFAULT '{}',
    ADD COLUMN summary JSONB NOT NULL;

CREATE TABLE import_pages (
    import_id BIGINT NOT NULL,
    page INTEGER NOT NULL,
    rows JSONB NOT NULL,
    CONSTRAINT import_pages_pkey PRIMARY KEY (import_id, page),
    CONSTRAINT import_pages_import_fkey FOREIGN KEY (import_id) REFERENCES imports (id) ON DELETE CASCADE
);
