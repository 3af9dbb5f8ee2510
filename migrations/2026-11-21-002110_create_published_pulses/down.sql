DROP TABLE published_pulses;
DROP TABLE pulse_weeks;
