-- Pictures of people, as the server made them anew: 256 by 256, JPEG.
CREATE TABLE avatars (
    user_id BIGINT NOT NULL,
    image BYTEA NOT NULL,
    updated_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT avatars_pkey PRIMARY KEY (user_id),
    CONSTRAINT avatars_image_check CHECK (octet_length(image) BETWEEN 100 AND 200000),
    CONSTRAINT avatars_user_fkey FOREIGN KEY (user_id) REFERENCES users (id) ON DELETE CASCADE
);
