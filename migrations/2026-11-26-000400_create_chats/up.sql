-- Who answered: a language model, the search in the library, or the words
-- that stand before anything else when somebody may be in danger.
CREATE TYPE answer_source AS ENUM ('model', 'library', 'help');

-- One person's conversation with the assistant.
CREATE TABLE chats (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    user_id BIGINT NOT NULL,
    name TEXT NOT NULL,
    color TEXT NOT NULL,
    created_at TIMESTAMPTZ NOT NULL,
    active_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT chats_pkey PRIMARY KEY (id),
    CONSTRAINT chats_name_check CHECK (length(name) BETWEEN 1 AND 100),
    CONSTRAINT chats_color_check CHECK (color ~ '^#[0-9a-f]{6}$'),
    CONSTRAINT chats_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
CREATE INDEX chats_user_idx ON chats (user_id, active_at DESC, id DESC);
CREATE INDEX chats_active_idx ON chats (active_at);

-- What was asked and what came back; nothing yet while it is being answered.
CREATE TABLE messages (
    id BIGINT GENERATED ALWAYS AS IDENTITY,
    chat_id BIGINT NOT NULL,
    user_message TEXT NOT NULL,
    ai_response TEXT,
    source answer_source,
    -- Items of the library that the answer draws from.
    items BIGINT[] NOT NULL DEFAULT '{}',
    idempotency_key TEXT,
    created_at TIMESTAMPTZ NOT NULL,
    answered_at TIMESTAMPTZ,
    CONSTRAINT messages_pkey PRIMARY KEY (id),
    CONSTRAINT messages_key_key UNIQUE (chat_id, idempotency_key),
    CONSTRAINT messages_user_message_check CHECK (length(user_message) BETWEEN 1 AND 4000),
    CONSTRAINT messages_answer_check CHECK (num_nulls(ai_response, source, answered_at) IN (0, 3)),
    CONSTRAINT messages_chat_fkey FOREIGN KEY (chat_id) REFERENCES chats (id) ON DELETE CASCADE
);
CREATE INDEX messages_chat_idx ON messages (chat_id, id DESC);
CREATE INDEX messages_created_idx ON messages (created_at);
