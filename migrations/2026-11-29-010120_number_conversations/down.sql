DROP TRIGGER messages_number ON messages;
DROP INDEX messages_chat_idx;
ALTER TABLE messages DROP CONSTRAINT messages_chat_fkey;
ALTER TABLE messages DROP COLUMN number, DROP COLUMN user_id;
ALTER TABLE messages ADD CONSTRAINT messages_chat_fkey
    FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE;
CREATE INDEX messages_chat_idx ON messages (chat_id, id DESC);
DROP TRIGGER chats_number ON chats;
DROP INDEX chats_user_idx;
DROP INDEX chats_owner_key;
ALTER TABLE chats DROP COLUMN number;
CREATE INDEX chats_user_idx ON chats (user_id, active_at DESC, id DESC);
DELETE FROM last_numbers WHERE kind IN ('chat', 'message');
