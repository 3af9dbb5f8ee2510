DROP INDEX old_users_archived_idx;
