-- Who caused a mail, if a signed-in person did; they are shown when it could not be
-- delivered. The mail itself is deleted.
ALTER TABLE mails ADD COLUMN caused_by BIGINT;
ALTER TABLE mails ADD CONSTRAINT mails_caused_by_fkey FOREIGN KEY (caused_by) REFERENCES users (id) ON DELETE SET NULL;
CREATE INDEX mails_caused_by_idx ON mails (caused_by);
CREATE TABLE undelivered_mails (
    caused_by BIGINT NOT NULL,
    recipient TEXT NOT NULL,
    failed_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT undelivered_mails_pkey PRIMARY KEY (caused_by, recipient),
    CONSTRAINT undelivered_mails_caused_by_fkey FOREIGN KEY (caused_by) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX undelivered_mails_recipient_idx ON undelivered_mails (recipient);
