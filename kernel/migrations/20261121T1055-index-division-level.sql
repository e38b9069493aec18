-- The divisions directly below one, and the counties of a province or the nation, are asked for with every dashboard and list: by
-- code alone each question read every village of the range, 27,000 rows for one province.
create index division_level_idx on division (level, code);
