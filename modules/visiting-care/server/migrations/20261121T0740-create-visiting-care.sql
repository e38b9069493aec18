-- Visiting care (handbook M7, A11): who is visited, how often and by whom; visits; one mark for each person and month.
-- Whatever a list shows stands on the enrolment itself, so that a county's list is a walk along one index. New tables, no lock.

create table care_enrolment (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  alias_ids uuid[] not null default '{}',
  closed_no integer not null default 0,
  name text not null,
  name_key text collate "C" not null,
  sex text,
  born_on date,
  living text not null,
  categories text[] not null default '{}',
  class_key text collate "C" not null default '',
  latitude double precision,
  longitude double precision,
  state text collate "C" not null constraint care_enrolment_state_check check (state in ('proposed', 'refused', 'enrolled', 'closed')),
  risk text not null constraint care_enrolment_risk_check check (risk in ('high', 'key', 'general')),
  modes text[] not null default '{}',
  per text not null constraint care_enrolment_per_check check (per in ('week', 'month', 'quarter')),
  min_visits integer not null,
  worker_id uuid,
  worker_name text,
  stand_in_id uuid,
  stand_in_name text,
  proposed_on date,
  reason text,
  campaign_id uuid,
  agreed_by text,
  agreed_on date,
  evidence_id uuid,
  first_enrolled_on date,
  enrolled_on date,
  refused_on date,
  refused_by text,
  refused_reason text,
  ask_again_on date,
  reassess_on date,
  closed_on date,
  closed_ground text constraint care_enrolment_closed_ground_check check (closed_ground in ('deceased', 'moved', 'institution', 'out_of_scope', 'own_wish', 'merged')),
  merged_into uuid,
  last_visit_sort timestamptz not null default '1900-01-01T00:00:00Z',
  last_visit_id uuid,
  last_visit_by uuid,
  last_visit_device text,
  last_mark text collate "C" not null default '',
  next_due_on date,
  decision_id uuid,
  version integer not null,
  created_at timestamptz not null,
  updated_at timestamptz not null,
  constraint care_enrolment_pkey primary key (home_code, id)
) with (fillfactor = 80);
comment on table care_enrolment is '探访对象 — one stay in visiting care, from the proposal to the closing; what lists show stands here';
comment on column care_enrolment.home_code is '存储归属';
comment on column care_enrolment.id is '编号';
comment on column care_enrolment.division_code is '现居区划 — follows the person';
comment on column care_enrolment.person_id is '人员';
comment on column care_enrolment.alias_ids is '并入的人员 — ids whose visits belong to this person too';
comment on column care_enrolment.closed_no is '结案序号 — 0 while open, so that nobody is in care twice';
comment on column care_enrolment.name is '姓名 — as in the register of people';
comment on column care_enrolment.name_key is '排序键 — pinyin';
comment on column care_enrolment.sex is '性别';
comment on column care_enrolment.born_on is '出生日期';
comment on column care_enrolment.living is '居住方式';
comment on column care_enrolment.categories is '身份类别 — those in force, from the register of people';
comment on column care_enrolment.class_key is '类别组合 — categories in order joined with +, the key of counters';
comment on column care_enrolment.latitude is '纬度 — of the door, when located';
comment on column care_enrolment.longitude is '经度';
comment on column care_enrolment.state is '状态';
comment on column care_enrolment.risk is '风险等级';
comment on column care_enrolment.modes is '探访方式';
comment on column care_enrolment.per is '频次单位';
comment on column care_enrolment.min_visits is '最少次数 — in each unit';
comment on column care_enrolment.worker_id is '探访人员';
comment on column care_enrolment.worker_name is '探访人员姓名';
comment on column care_enrolment.stand_in_id is '替补人员';
comment on column care_enrolment.stand_in_name is '替补人员姓名';
comment on column care_enrolment.proposed_on is '拟列入日期';
comment on column care_enrolment.reason is '列入理由';
comment on column care_enrolment.campaign_id is '摸底活动';
comment on column care_enrolment.agreed_by is '同意人 — sealed';
comment on column care_enrolment.agreed_on is '同意日期';
comment on column care_enrolment.evidence_id is '依据附件';
comment on column care_enrolment.first_enrolled_on is '首次纳入日期 — visits before it are refused';
comment on column care_enrolment.enrolled_on is '纳入日期';
comment on column care_enrolment.refused_on is '不同意日期';
comment on column care_enrolment.refused_by is '表态人 — sealed';
comment on column care_enrolment.refused_reason is '不同意理由';
comment on column care_enrolment.ask_again_on is '再次征询日期';
comment on column care_enrolment.reassess_on is '复评日期';
comment on column care_enrolment.closed_on is '结案日期';
comment on column care_enrolment.closed_ground is '结案原因';
comment on column care_enrolment.merged_into is '并入人员 — whose care goes on';
comment on column care_enrolment.last_visit_sort is '最近探访时间 — of a visit that counts; the year 1900 when there was none';
comment on column care_enrolment.last_visit_id is '最近探访';
comment on column care_enrolment.last_visit_by is '最近探访人';
comment on column care_enrolment.last_visit_device is '最近探访设备';
comment on column care_enrolment.last_mark is '最近探访月份 — latest month with a mark, empty when there is none';
comment on column care_enrolment.next_due_on is '下次到期日';
comment on column care_enrolment.decision_id is '频次判断';
comment on column care_enrolment.version is '版本 — grows with every change and every visit';
comment on column care_enrolment.created_at is '建立时间';
comment on column care_enrolment.updated_at is '更新时间';
create unique index care_enrolment_person_idx on care_enrolment (person_id, home_code, closed_no);
create index care_enrolment_division_idx on care_enrolment (division_code, id);
create index care_enrolment_last_idx on care_enrolment (home_code, state, last_visit_sort, id, division_code);
create index care_enrolment_name_idx on care_enrolment (home_code, state, name_key, id, division_code);
create index care_enrolment_living_alone_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'living_alone' = any (categories);
create index care_enrolment_empty_nest_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'empty_nest' = any (categories);
create index care_enrolment_left_behind_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'left_behind' = any (categories);
create index care_enrolment_disabled_self_care_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'disabled_self_care' = any (categories);
create index care_enrolment_severely_disabled_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'severely_disabled' = any (categories);
create index care_enrolment_family_planning_special_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'family_planning_special' = any (categories);
create index care_enrolment_dibao_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'dibao' = any (categories);
create index care_enrolment_oldest_old_idx on care_enrolment (home_code, last_visit_sort, id, division_code) where state = 'enrolled' and 'oldest_old' = any (categories);

create table care_visit (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  enrolment_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  month text collate "C" not null,
  mode text not null constraint care_visit_mode_check check (mode in ('home', 'phone', 'video', 'remote')),
  met text not null constraint care_visit_met_check check (met in ('person', 'carer', 'neighbour', 'nobody')),
  counts boolean not null,
  parallel boolean not null default false,
  worker_id uuid,
  worker_name text not null,
  findings jsonb not null default '[]',
  note text,
  supporter_reminder boolean not null default false,
  latitude double precision,
  longitude double precision,
  accuracy double precision,
  photo_ids uuid[] not null default '{}',
  voice_id uuid,
  signature_id uuid,
  flags jsonb not null default '[]',
  offline boolean not null,
  device_id text,
  rule_version date not null,
  decision_id uuid,
  voided_on date,
  void_reason text,
  voided_by text,
  constraint care_visit_pkey primary key (home_code, id)
);
comment on table care_visit is '探访记录 — a visit or an attempt; never changed, only taken back with its reason';
comment on column care_visit.home_code is '存储归属';
comment on column care_visit.id is '编号 — made by the phone';
comment on column care_visit.division_code is '所属区划 — follows the person';
comment on column care_visit.recorded_division_code is '探访时区划 — where it is counted';
comment on column care_visit.enrolment_id is '探访对象';
comment on column care_visit.person_id is '人员 — as recorded, also when merged later';
comment on column care_visit.at is '探访时间 — of the act, not of the upload';
comment on column care_visit.recorded_at is '登记时间';
comment on column care_visit.month is '计入月份 — of the act in Asia/Shanghai';
comment on column care_visit.mode is '方式';
comment on column care_visit.met is '见到谁';
comment on column care_visit.counts is '是否有效 — by rule; what does not count is an attempt';
comment on column care_visit.parallel is '重复探访 — another visit of the same person within two hours was first; the act is kept and not counted again';
comment on column care_visit.worker_id is '探访人';
comment on column care_visit.worker_name is '探访人姓名 — as shown at that moment';
comment on column care_visit.findings is '发现的情况 — code and level';
comment on column care_visit.note is '说明 — sealed';
comment on column care_visit.supporter_reminder is '需督促赡养人';
comment on column care_visit.latitude is '纬度';
comment on column care_visit.longitude is '经度';
comment on column care_visit.accuracy is '定位精度 — metres';
comment on column care_visit.photo_ids is '照片';
comment on column care_visit.voice_id is '语音';
comment on column care_visit.signature_id is '签名';
comment on column care_visit.flags is '疑点 — code and facts';
comment on column care_visit.offline is '离线登记';
comment on column care_visit.device_id is '设备';
comment on column care_visit.rule_version is '规则版本 — of visit.counts';
comment on column care_visit.decision_id is '判断 — stored when the visit does not count or is doubtful';
comment on column care_visit.voided_on is '作废日期';
comment on column care_visit.void_reason is '作废理由';
comment on column care_visit.voided_by is '作废人';
create index care_visit_person_idx on care_visit (person_id, at, id);
create index care_visit_division_idx on care_visit (division_code, at, id);

create table care_mark (
  home_code text collate "C" not null,
  person_id uuid not null,
  month text collate "C" not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  enrolment_id uuid not null,
  visit_id uuid not null,
  base boolean not null,
  left_after boolean not null default false,
  constraint care_mark_pkey primary key (home_code, person_id, month)
);
comment on table care_mark is '月度探访标记 — one for each person and month with a valid visit; what the monthly rate counts';
comment on column care_mark.home_code is '存储归属';
comment on column care_mark.person_id is '人员';
comment on column care_mark.month is '月份';
comment on column care_mark.division_code is '所属区划 — follows the person';
comment on column care_mark.recorded_division_code is '计入区划 — where the person lived in that month';
comment on column care_mark.enrolment_id is '探访对象';
comment on column care_mark.visit_id is '首次有效探访';
comment on column care_mark.base is '是否计入 — false once the person refused or was merged in that month';
comment on column care_mark.left_after is '访后结案 — closed in that month after the visit, and so still in its base';
create index care_mark_list_idx on care_mark (division_code, month, person_id);

create table care_movement (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  enrolment_id uuid not null,
  person_id uuid not null,
  on_on date not null,
  month text collate "C" not null,
  what text not null constraint care_movement_what_check check (what in ('enrolled', 'refused')),
  delta smallint not null,
  cause text not null,
  constraint care_movement_pkey primary key (home_code, id)
);
comment on table care_movement is '增减台账 — each change of who is in care or refuses, by day; the base of any month is their sum';
comment on column care_movement.home_code is '存储归属';
comment on column care_movement.id is '编号';
comment on column care_movement.division_code is '计入区划';
comment on column care_movement.enrolment_id is '探访对象';
comment on column care_movement.person_id is '人员';
comment on column care_movement.on_on is '日期';
comment on column care_movement.month is '月份';
comment on column care_movement.what is '类别';
comment on column care_movement.delta is '增减 — 1 or -1';
comment on column care_movement.cause is '原因 — enrolled, refused, closed, moved, merged';
create index care_movement_enrolment_idx on care_movement (enrolment_id);
create index care_movement_list_idx on care_movement (division_code, month);

create table care_call (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  ground text not null constraint care_call_ground_check check (ground in ('extreme_weather', 'festival', 'event')),
  title text not null,
  from_on date not null,
  by_on date not null,
  opened integer not null,
  called_by text not null,
  called_at timestamptz not null,
  constraint care_call_pkey primary key (home_code, id)
);
comment on table care_call is '加密探访通知 — a call for extra visits and how many duties it opened';
comment on column care_call.home_code is '存储归属';
comment on column care_call.id is '编号';
comment on column care_call.division_code is '区划';
comment on column care_call.ground is '事由';
comment on column care_call.title is '标题';
comment on column care_call.from_on is '开始日期';
comment on column care_call.by_on is '截止日期';
comment on column care_call.opened is '开立任务数';
comment on column care_call.called_by is '发出人';
comment on column care_call.called_at is '发出时间';
