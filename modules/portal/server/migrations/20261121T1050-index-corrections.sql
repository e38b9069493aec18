-- Corrections are read newest first, of a few collections at a time.

create index correction_newest_idx on publication.correction (corrected_on, collection, key, version);
