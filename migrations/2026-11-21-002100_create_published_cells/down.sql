DROP TABLE published_shares;
DROP TABLE published_changes;
DROP TABLE published_cells;
DROP TABLE released_departments;
DROP TABLE releases;
DROP TYPE cell_state;
