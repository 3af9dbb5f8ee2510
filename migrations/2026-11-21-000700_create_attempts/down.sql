DROP TABLE attempts;
DROP TYPE attempt_kind;
