DROP TABLE undelivered_mails;
DROP INDEX mails_caused_by_idx;
ALTER TABLE mails DROP CONSTRAINT mails_caused_by_fkey;
ALTER TABLE mails DROP COLUMN caused_by;
