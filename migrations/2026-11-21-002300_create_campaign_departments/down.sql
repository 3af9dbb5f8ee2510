DROP INDEX periods_campaigns_idx;
DROP TABLE campaign_departments;
ALTER TABLE periods DROP COLUMN whole_company;
