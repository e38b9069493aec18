-- The list of records with a doubt to clear walked the whole register (75 ms at 300,000): few rows have one, so a partial
-- index finds them. Expand only; built while the register is small.

create index if not exists organisation_flagged_idx on organisation (division_code, name_key, id) where flags <> '[]'::jsonb;
