DROP TABLE consents;
DROP TYPE consent_purpose;
