-- The result of checking the audit log, authenticated with the installation's key:
-- write access to the database is not enough to make the page say that the log is
-- intact. Old results are deleted; the next check stores a new one.
DELETE FROM audit_checks;
ALTER TABLE audit_checks ADD COLUMN unknown_id BIGINT,
    ADD COLUMN unkeyed BIGINT NOT NULL,
    ADD COLUMN mac BYTEA NOT NULL;
