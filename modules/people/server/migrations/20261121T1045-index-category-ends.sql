-- Classes with a last day are looked through every hour: only those that end at all.
create index person_category_to_idx on person_category (to_on, person_id) where to_on is not null;
