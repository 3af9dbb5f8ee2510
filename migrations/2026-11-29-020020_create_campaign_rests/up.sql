-- When somebody who left was last asked in a campaign. Their invitations go
-- with them; who comes back, or is added anew under the same address, is
-- nevertheless left alone as long as everybody else. A number and a moment
-- only, without a reference: the person is gone.
CREATE TABLE campaign_rests (
    user_id BIGINT NOT NULL,
    asked_at TIMESTAMPTZ NOT NULL,
    CONSTRAINT campaign_rests_pkey PRIMARY KEY (user_id)
);
