-- Why: one number (or one line without a number) is one person even when two townships record it at the same moment, and
-- whoever enters a person sees others of the county born on the same day.
drop index person_key_digest_idx;
create unique index person_key_one_idx on person_key (digest);
comment on table person_key is '证件摘要 — keyed digest of the number (or of name, birth and village where there is none): each belongs to one person; read by lookups only';
create index person_born_idx on person (home_code, born_on);
