DROP TABLE sign_ins;
DROP TYPE sign_in_kind;
