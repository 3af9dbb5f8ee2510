DROP INDEX assessments_version_idx;
DROP TABLE instrument_figures;
