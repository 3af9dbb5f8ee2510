DROP TABLE messages;
DROP TABLE chats;
DROP TYPE answer_source;
