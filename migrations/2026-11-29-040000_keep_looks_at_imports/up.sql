-- The preview of an upload is computed once and stored by page, so that showing a page
-- reads one row. Existing uploads are deleted; they are kept for a day only and can be
-- uploaded again.
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
