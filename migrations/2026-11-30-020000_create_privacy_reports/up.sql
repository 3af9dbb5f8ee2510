-- What everything published until a period closed tells of one person, by the names of
-- releases and departments only. A row without a report is being computed.
CREATE TABLE privacy_reports (
    period_id BIGINT NOT NULL,
    claimed_at TIMESTAMPTZ NOT NULL,
    computed_at TIMESTAMPTZ,
    report JSONB,
    CONSTRAINT privacy_reports_pkey PRIMARY KEY (period_id),
    CONSTRAINT privacy_reports_computed_check CHECK ((computed_at IS NULL) = (report IS NULL)),
    CONSTRAINT privacy_reports_period_fkey FOREIGN KEY (period_id) REFERENCES periods (id)
);
