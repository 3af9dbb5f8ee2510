ALTER TABLE library_items DROP CONSTRAINT library_items_author_check;
ALTER TYPE item_kind RENAME TO item_kind_after;
CREATE TYPE item_kind AS ENUM ('exercise', 'habit', 'conversation', 'reading', 'professional_help');
ALTER TABLE library_items ALTER COLUMN kind TYPE item_kind USING (
    CASE WHEN kind IN ('article', 'book') THEN 'reading' ELSE kind::text END)::item_kind;
DROP TYPE item_kind_after;
