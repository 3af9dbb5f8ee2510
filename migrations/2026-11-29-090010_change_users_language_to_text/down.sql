-- Of languages that the type does not have, texts go, and people are as if they had
-- chosen none.
DELETE FROM library_texts WHERE language NOT IN ('en', 'ru', 'uk');
DELETE FROM tag_names WHERE language NOT IN ('en', 'ru', 'uk');
UPDATE users SET language = NULL WHERE language NOT IN ('en', 'ru', 'uk');
UPDATE imports SET language = 'en' WHERE language NOT IN ('en', 'ru', 'uk');
UPDATE installation SET language = 'en' WHERE language NOT IN ('en', 'ru', 'uk');
ALTER TABLE users ALTER COLUMN language TYPE language USING language::language;
ALTER TABLE imports ALTER COLUMN language TYPE language USING language::language;
ALTER TABLE library_texts ALTER COLUMN language TYPE language USING language::language;
ALTER TABLE tag_names ALTER COLUMN language TYPE language USING language::language;
ALTER TABLE installation ALTER COLUMN language DROP DEFAULT;
ALTER TABLE installation ALTER COLUMN language TYPE language USING language::language;
ALTER TABLE installation ALTER COLUMN language SET DEFAULT 'en';
DROP CAST (language AS TEXT);
