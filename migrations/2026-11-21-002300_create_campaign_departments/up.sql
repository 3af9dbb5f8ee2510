-- Whom a campaign invites: everyone, or the subtrees of these departments. A
-- department that goes takes its row with it and never widens the choice.
ALTER TABLE periods ADD COLUMN whole_company BOOLEAN NOT NULL DEFAULT TRUE;
CREATE TABLE campaign_departments (
    period_id BIGINT NOT NULL,
    department_id BIGINT NOT NULL,
    CONSTRAINT campaign_departments_pkey PRIMARY KEY (period_id, department_id),
    CONSTRAINT campaign_departments_period_fkey FOREIGN KEY (period_id) REFERENCES periods (id) ON DELETE CASCADE,
    CONSTRAINT campaign_departments_department_fkey FOREIGN KEY (department_id) REFERENCES departments (id) ON DELETE CASCADE
);
CREATE INDEX campaign_departments_department_idx ON campaign_departments (department_id);
CREATE INDEX periods_campaigns_idx ON periods (id DESC) WHERE kind = 'campaign';
