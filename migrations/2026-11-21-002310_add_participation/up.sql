-- How many of the invited answered an open campaign, in whole 5 percent, as it
-- was on one day. NULL where so few are invited that it would tell of persons.
ALTER TABLE periods
    ADD COLUMN participation SMALLINT,
    ADD COLUMN participation_on DATE,
    ADD CONSTRAINT periods_participation_check CHECK (participation BETWEEN 0 AND 100 AND participation % 5 = 0);
