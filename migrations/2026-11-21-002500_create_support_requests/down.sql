DROP TABLE support_requests;
DROP TYPE support_state;
DROP TYPE support_contact;
