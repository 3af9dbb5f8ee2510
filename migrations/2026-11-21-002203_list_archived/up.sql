-- The archive is listed latest first.
CREATE INDEX old_users_archived_idx ON old_users (archived_at DESC, id DESC);
