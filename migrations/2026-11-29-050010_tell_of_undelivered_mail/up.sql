-- Who caused a mail where that was a person with a page; told when it does not
-- arrive. The mail itself leaves nothing.
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
