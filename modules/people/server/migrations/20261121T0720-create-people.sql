-- People and households (handbook M7, M19; design section 4): one register for visiting care, children, aid and volunteers.
-- Citizen numbers and phones stand sealed in sealed_field under the person's (or contact's) id; nothing here repeats them.
-- A person who moves to another county keeps the id: the new home has a row of its own, the old one stays as history.

create table household (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  number text not null default '',
  address text not null default '',
  updated_at timestamptz not null,
  constraint household_pkey primary key (home_code, id)
);
comment on table household is '户 — people living together';
comment on column household.home_code is '存储归属';
comment on column household.id is '户编号';
comment on column household.division_code is '所属区划 — village or community';
comment on column household.number is '户号 — as the village writes it';
comment on column household.address is '住址';
comment on column household.updated_at is '更新时间';
create index household_number_idx on household (division_code, number);

create table person (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  household_id uuid,
  name text not null,
  name_key text collate "C" not null,
  sex text constraint person_sex_check check (sex in ('female', 'male')),
  born_on date,
  born_text text,
  id_kind text not null constraint person_id_kind_check check (id_kind in ('citizen_id', 'residence_permit', 'passport', 'none')),
  id_flag text,
  living text not null constraint person_living_check check (living in ('alone', 'with_spouse', 'with_children', 'with_others', 'institution', 'unknown')),
  categories text[] not null default '{}',
  address text not null default '',
  latitude double precision,
  longitude double precision,
  state text not null constraint person_state_check check (state in ('present', 'moved', 'deceased', 'merged', 'withdrawn')),
  state_on date,
  came_from text collate "C",
  moved_to text collate "C",
  merged_into uuid,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint person_pkey primary key (home_code, id)
);
comment on table person is '人员 — one row for each person and home; the whole system shares it';
comment on column person.home_code is '存储归属';
comment on column person.id is '人员编号 — the same in every home the person ever had';
comment on column person.division_code is '现居区划 — village or community; township or county where nothing finer is known';
comment on column person.recorded_division_code is '登记时区划 — as first recorded';
comment on column person.household_id is '户';
comment on column person.name is '姓名';
comment on column person.name_key is '排序键 — pinyin';
comment on column person.sex is '性别';
comment on column person.born_on is '出生日期';
comment on column person.born_text is '出生日期原文 — where it is no calendar day';
comment on column person.id_kind is '证件类型';
comment on column person.id_flag is '证件疑点 — code of what is doubtful';
comment on column person.living is '居住方式';
comment on column person.categories is '现有身份类别 — those in force today, from person_category';
comment on column person.address is '住址';
comment on column person.latitude is '纬度 — WGS 84, when the door was located';
comment on column person.longitude is '经度';
comment on column person.state is '状态';
comment on column person.state_on is '状态日期';
comment on column person.came_from is '迁入来源 — home the person came from';
comment on column person.moved_to is '迁往区划 — significant digits';
comment on column person.merged_into is '并入人员';
comment on column person.version is '版本';
comment on column person.created_at is '建立时间';
comment on column person.updated_at is '更新时间';
create index person_list_idx on person (division_code, name_key, id);
create index person_household_idx on person (household_id);
create index person_id_idx on person (id);

create table person_key (
  home_code text collate "C" not null,
  digest text collate "C" not null,
  person_id uuid not null,
  division_code text collate "C" not null,
  constraint person_key_pkey primary key (home_code, person_id, digest)
);
comment on table person_key is '证件摘要 — keyed digest of the citizen number of people present; read by lookups only';
comment on column person_key.home_code is '存储归属';
comment on column person_key.digest is '摘要';
comment on column person_key.person_id is '人员';
comment on column person_key.division_code is '所属区划';
create index person_key_digest_idx on person_key (digest);

create table person_category (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  category text not null,
  from_on date not null,
  to_on date,
  source text not null,
  grade text,
  evidence_id uuid,
  ground text,
  constraint person_category_pkey primary key (home_code, id)
);
comment on table person_category is '身份类别 — dated, with source and evidence';
comment on column person_category.home_code is '存储归属';
comment on column person_category.id is '编号';
comment on column person_category.division_code is '所属区划';
comment on column person_category.person_id is '人员';
comment on column person_category.category is '类别';
comment on column person_category.from_on is '起始日期';
comment on column person_category.to_on is '终止日期 — exclusive; null = in force';
comment on column person_category.source is '来源 — census, application, another authority';
comment on column person_category.grade is '等级 — disability grade, care grade';
comment on column person_category.evidence_id is '依据附件';
comment on column person_category.ground is '终止原因';
create index person_category_person_idx on person_category (person_id, category, from_on);

create table person_contact (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  kind text not null constraint person_contact_kind_check check (kind in ('emergency', 'supporter', 'guardian', 'neighbour')),
  position integer not null,
  name text not null,
  relation text not null default '',
  place text not null default '',
  ended_on date,
  constraint person_contact_pkey primary key (home_code, id)
);
comment on table person_contact is '联系人、赡养人、监护人 — in the order in which to call; phones sealed under this id';
comment on column person_contact.home_code is '存储归属';
comment on column person_contact.id is '编号';
comment on column person_contact.division_code is '所属区划';
comment on column person_contact.person_id is '人员';
comment on column person_contact.kind is '类别';
comment on column person_contact.position is '顺序';
comment on column person_contact.name is '姓名';
comment on column person_contact.relation is '关系';
comment on column person_contact.place is '所在地';
comment on column person_contact.ended_on is '停用日期';
create index person_contact_person_idx on person_contact (person_id, kind, position);

create table person_consent (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  purpose text not null,
  given_by text not null,
  given_on date not null,
  until_on date,
  withdrawn_on date,
  evidence_id uuid,
  constraint person_consent_pkey primary key (home_code, id)
);
comment on table person_consent is '同意记录 — who agreed to what, until when (PIPL 14, 29, 31)';
comment on column person_consent.home_code is '存储归属';
comment on column person_consent.id is '编号';
comment on column person_consent.division_code is '所属区划';
comment on column person_consent.person_id is '人员';
comment on column person_consent.purpose is '用途';
comment on column person_consent.given_by is '同意人 — the person, or the guardian with the relation';
comment on column person_consent.given_on is '同意日期';
comment on column person_consent.until_on is '有效至 — exclusive';
comment on column person_consent.withdrawn_on is '撤回日期';
comment on column person_consent.evidence_id is '依据附件';
create index person_consent_person_idx on person_consent (person_id, purpose);

create table person_pair (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  other_id uuid not null,
  other_home text collate "C" not null,
  ground text not null constraint person_pair_ground_check check (ground in ('same-number', 'similar')),
  score double precision not null,
  state text not null constraint person_pair_state_check check (state in ('open', 'different', 'merged')),
  found_at timestamptz not null,
  settled_at timestamptz,
  settled_ground text,
  constraint person_pair_pkey primary key (home_code, id)
);
comment on table person_pair is '疑似重复 — two rows that may be one person; settled by a person, never silently';
comment on column person_pair.home_code is '存储归属';
comment on column person_pair.id is '编号';
comment on column person_pair.division_code is '所属区划';
comment on column person_pair.person_id is '人员 — the newer row';
comment on column person_pair.other_id is '另一人员';
comment on column person_pair.other_home is '另一人员的存储归属';
comment on column person_pair.ground is '判断依据';
comment on column person_pair.score is '相似度 — 0 to 1';
comment on column person_pair.state is '状态';
comment on column person_pair.found_at is '发现时间';
comment on column person_pair.settled_at is '处理时间';
comment on column person_pair.settled_ground is '处理理由';
create unique index person_pair_both_idx on person_pair (home_code, person_id, other_id);
create index person_pair_list_idx on person_pair (division_code, state, id);

create table person_alias (
  home_code text collate "C" not null,
  alias_id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  merged_at timestamptz not null,
  undone_at timestamptz,
  constraint person_alias_pkey primary key (home_code, alias_id, merged_at)
);
comment on table person_alias is '合并别名 — a merged row points to the one that stays; nothing is re-keyed, so a merge can be undone';
comment on column person_alias.home_code is '存储归属';
comment on column person_alias.alias_id is '被并入的人员';
comment on column person_alias.division_code is '所属区划';
comment on column person_alias.person_id is '保留的人员';
comment on column person_alias.merged_at is '合并时间';
comment on column person_alias.undone_at is '撤销时间';
create index person_alias_person_idx on person_alias (person_id);
