-- Why: the smallest room that phones can work with, for the tests of this folder; nothing of it ships.
create table toy_person (
  home_code text collate "C" not null, id uuid not null, division_code text collate "C" not null,
  name text not null, version integer not null, merged_into uuid,
  constraint toy_person_pkey primary key (home_code, id));
create index toy_person_id_idx on toy_person (id);
create table toy_visit (
  home_code text collate "C" not null, id uuid not null, division_code text collate "C" not null,
  person_id uuid not null, act_id text not null, note text not null, happened_at timestamptz not null, device_id uuid, clock_drift integer, written_by uuid,
  constraint toy_visit_pkey primary key (home_code, id));
create table toy_count (
  home_code text collate "C" not null, division_code text collate "C" not null, visits integer not null,
  constraint toy_count_pkey primary key (home_code, division_code));
