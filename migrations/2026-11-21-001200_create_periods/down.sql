DROP TABLE invitations;
DROP TABLE periods;
DROP TYPE period_state;
DROP TYPE period_kind;
