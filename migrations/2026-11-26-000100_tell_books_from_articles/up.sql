-- What was reading is a book where somebody wrote it, else an article of ours.
ALTER TYPE item_kind RENAME TO item_kind_before;
CREATE TYPE item_kind AS ENUM ('exercise', 'habit', 'conversation', 'article', 'book', 'professional_help');
ALTER TABLE library_items ALTER COLUMN kind TYPE item_kind USING (
    CASE kind::text
        WHEN 'reading' THEN CASE WHEN author IS NULL THEN 'article' ELSE 'book' END
        ELSE kind::text
    END)::item_kind;
DROP TYPE item_kind_before;
ALTER TABLE library_items ADD CONSTRAINT library_items_author_check
    CHECK (kind <> 'book' OR NOT published OR author IS NOT NULL);
