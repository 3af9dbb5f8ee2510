-- When people who left were last asked in a campaign. Their invitations are deleted
-- with them, but if they come back, or are added anew under the same address, the
-- minimum time between two campaigns holds for them, too. Without a foreign key, since
-- the user no longer exists.
CREATE TABLE campaign_rests (
    user_id BIGINT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT campaign_rests_pkey PRIMARY KEY (user_id)
);
