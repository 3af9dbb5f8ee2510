-- Conversations, and messages across all of a person's conversations. Each message
-- stores its owner, which the foreign key keeps equal to the conversation's.
ALTER TABLE chats ADD COLUMN number BIGINT;
UPDATE chats SET number = place.number FROM (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id) AS number FROM chats
) AS place WHERE chats.id = place.id;
INSERT INTO last_numbers (user_id, kind, last)
    SELECT user_id, 'chat', max(number) FROM chats GROUP BY user_id;
ALTER TABLE chats ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX chats_number_key ON chats (user_id, number);
CREATE UNIQUE INDEX chats_owner_key ON chats (id, user_id);
DROP INDEX chats_user_idx;
CREATE INDEX chats_user_idx ON chats (user_id, active_at DESC, number DESC);
CREATE TRIGGER chats_number BEFORE INSERT ON chats
    FOR EACH ROW WHEN (NEW.number IS NULL AND NEW.user_id IS NOT NULL) EXECUTE FUNCTION number_within_person('chat');

ALTER TABLE messages ADD COLUMN user_id BIGINT;
UPDATE messages SET user_id = chats.user_id FROM chats WHERE chats.id = messages.chat_id;
ALTER TABLE messages ALTER COLUMN user_id SET NOT NULL;
ALTER TABLE messages DROP CONSTRAINT messages_chat_fkey;
ALTER TABLE messages ADD CONSTRAINT messages_chat_fkey
    FOREIGN KEY (chat_id, user_id) REFERENCES chats (id, user_id) ON DELETE CASCADE;
ALTER TABLE messages ADD COLUMN number BIGINT;
UPDATE messages SET number = place.number FROM (
    SELECT id, row_number() OVER (PARTITION BY user_id ORDER BY id) AS number FROM messages
) AS place WHERE messages.id = place.id;
INSERT INTO last_numbers (user_id, kind, last)
    SELECT user_id, 'message', max(number) FROM messages GROUP BY user_id;
ALTER TABLE messages ALTER COLUMN number SET NOT NULL;
CREATE UNIQUE INDEX messages_number_key ON messages (user_id, number);
DROP INDEX messages_chat_idx;
CREATE INDEX messages_chat_idx ON messages (chat_id, number DESC);
CREATE TRIGGER messages_number BEFORE INSERT ON messages
    FOR EACH ROW WHEN (NEW.number IS NULL AND NEW.user_id IS NOT NULL) EXECUTE FUNCTION number_within_person('message');
