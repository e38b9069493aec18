-- Oversight of donated equipment: who was trained (sealed), how far up a late shipment has gone, and the indexes by which single
-- rows and the board's figures are found. Expand only; the tables are new and small.

alter table equipment_shipment add column escalated smallint not null default 0;
comment on column equipment_shipment.escalated is '督办层级 — how many offices up have been told that nobody has signed';

alter table care_home add column verified_pieces integer not null default 0;
comment on column care_home.verified_pieces is '核查相符件数 — verified and still as recorded; kept with the pieces, so that the board need not count them';

alter table equipment_evaluation add column sample_name text not null default '';
comment on column equipment_evaluation.sample_name is '抽样批次名称 — the organisation cannot read the sample itself';

create table equipment_trainee (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  training_id uuid not null,
  name_masked text not null,
  name_digest text collate "C" not null,
  constraint equipment_trainee_pkey primary key (home_code, id),
  constraint equipment_trainee_person_key unique (home_code, care_home_id, name_digest)
);
comment on table equipment_trainee is '受训人员 — staff of a home who can use the equipment, each once; the name itself is sealed';
comment on column equipment_trainee.home_code is '存储归属';
comment on column equipment_trainee.id is '编号';
comment on column equipment_trainee.division_code is '所在区划';
comment on column equipment_trainee.organisation_id is '社会组织';
comment on column equipment_trainee.care_home_id is '机构';
comment on column equipment_trainee.training_id is '培训 — the first one the person took part in';
comment on column equipment_trainee.name_masked is '姓名（掩码）';
comment on column equipment_trainee.name_digest is '姓名摘要 — keyed; finds the same person of a home again';

create table equipment_published (
  home_code text collate "C" not null,
  key text collate "C" not null,
  division_code text collate "C" not null,
  body jsonb not null,
  published_on date not null,
  constraint equipment_published_pkey primary key (home_code, key)
);
comment on table equipment_published is '已公布数据 — what the public was told last, so that the next text is known to be new, the same or a correction';
comment on column equipment_published.home_code is '存储归属';
comment on column equipment_published.key is '公布键 — home or division';
comment on column equipment_published.division_code is '所在区划';
comment on column equipment_published.body is '公布内容';
comment on column equipment_published.published_on is '公布日期';

create index care_home_one_idx on care_home (id);
create index equipment_shipment_one_idx on equipment_shipment (id);
create index equipment_item_one_idx on equipment_item (id);
create index equipment_discrepancy_one_idx on equipment_discrepancy (id);
create index equipment_sample_one_idx on equipment_sample (id);
create index equipment_evaluation_one_idx on equipment_evaluation (id);
create index equipment_evaluation_check_idx on equipment_check (evaluation_id) where evaluation_id is not null;
create index care_home_board_idx on care_home (division_code, covered, trained, state);
create index equipment_shipment_board_idx on equipment_shipment (division_code, days, pieces, signed_pieces, state, due_on);
create index equipment_item_board_idx on equipment_item (division_code, item, state) where verified_on is not null;
create index equipment_discrepancy_board_idx on equipment_discrepancy (division_code, due_on, state, care_home_id) where state <> 'closed';
create unique index equipment_liaison_in_force_key on equipment_liaison (home_code, division_code) where until_on is null;
