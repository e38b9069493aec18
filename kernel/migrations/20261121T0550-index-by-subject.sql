-- The versions and the sealed fields of one subject were found by reading the whole key: 74 ms for each organisation page at
-- 900,000 organisations. Expand only; the indexes are built under a lock that lets nobody write, seconds for a million rows.
create index register_version_subject_idx on register_version (subject_id, version);
create index sealed_field_subject_idx on sealed_field (subject_id);
