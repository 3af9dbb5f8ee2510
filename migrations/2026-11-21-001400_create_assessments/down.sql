DROP TABLE assessments;
DROP TYPE burnout_profile;
DROP TYPE burnout_level;
