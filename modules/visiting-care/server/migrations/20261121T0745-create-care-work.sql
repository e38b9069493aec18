-- The work around visits (handbook M7, A11): emergencies with their clock, referrals, reminders of supporters, the census
-- campaign, monitoring devices, batches for the national database, and months as they were printed. New tables, no lock.

create table emergency (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  person_id uuid not null,
  found text not null,
  note text,
  route text not null constraint emergency_route_check check (route in ('rescue', 'epidemic')),
  latitude double precision,
  longitude double precision,
  opened_at timestamptz not null,
  recorded_at timestamptz not null,
  opened_by uuid,
  worker_id uuid,
  worker_name text not null,
  stand_in_id uuid,
  clock jsonb not null,
  state text not null constraint emergency_state_check check (state in ('running', 'filed')),
  escalated smallint not null default 0,
  escalated_at timestamptz,
  file_by_at timestamptz not null,
  outcome text,
  summary text,
  filed_at timestamptz,
  document_id uuid,
  constraint emergency_pkey primary key (home_code, id)
);
comment on table emergency is '紧急处置 — one emergency with its running clock; written by effects only while it runs, by nobody once it is filed';
comment on column emergency.home_code is '存储归属';
comment on column emergency.id is '编号 — may be made by the phone';
comment on column emergency.division_code is '所属区划';
comment on column emergency.recorded_division_code is '发生时区划';
comment on column emergency.person_id is '人员';
comment on column emergency.found is '发现情况';
comment on column emergency.note is '说明';
comment on column emergency.route is '处置路径 — rescue, or epidemic while control measures are in force';
comment on column emergency.latitude is '纬度';
comment on column emergency.longitude is '经度';
comment on column emergency.opened_at is '发现时间 — on the phone''s clock when there was no network';
comment on column emergency.recorded_at is '登记时间';
comment on column emergency.opened_by is '登记人';
comment on column emergency.worker_id is '处置人';
comment on column emergency.worker_name is '处置人姓名 — as shown at that moment';
comment on column emergency.stand_in_id is '替补人员';
comment on column emergency.clock is '时限 — step and instant by which it is due, in order';
comment on column emergency.state is '状态';
comment on column emergency.escalated is '升级层级 — 0 worker, 1 stand-in, 2 township, 3 county';
comment on column emergency.escalated_at is '最近升级时间';
comment on column emergency.file_by_at is '归档时限';
comment on column emergency.outcome is '结果';
comment on column emergency.summary is '处置小结';
comment on column emergency.filed_at is '归档时间';
comment on column emergency.document_id is '处置记录文书';
create index emergency_list_idx on emergency (division_code, state, opened_at, id);
create index emergency_person_idx on emergency (person_id, opened_at);
create index emergency_running_idx on emergency (opened_at) where state = 'running';

create table emergency_step (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  emergency_id uuid not null,
  kind text not null constraint emergency_step_kind_check check (kind in ('step', 'escalation')),
  step text not null,
  at timestamptz not null,
  recorded_at timestamptz not null,
  reached boolean not null,
  contact_id uuid,
  who text,
  note text,
  level smallint,
  actor_id uuid,
  actor_name text not null,
  constraint emergency_step_pkey primary key (home_code, id)
);
comment on table emergency_step is '处置步骤 — each call and each escalation with its instant; only added to, and not even that once filed';
comment on column emergency_step.home_code is '存储归属';
comment on column emergency_step.id is '编号';
comment on column emergency_step.division_code is '所属区划';
comment on column emergency_step.emergency_id is '紧急处置';
comment on column emergency_step.kind is '类别 — step taken, or escalation because one was late';
comment on column emergency_step.step is '步骤';
comment on column emergency_step.at is '发生时间';
comment on column emergency_step.recorded_at is '登记时间';
comment on column emergency_step.reached is '是否联系上';
comment on column emergency_step.contact_id is '联系人';
comment on column emergency_step.who is '联系到谁';
comment on column emergency_step.note is '说明';
comment on column emergency_step.level is '升级层级';
comment on column emergency_step.actor_id is '登记人';
comment on column emergency_step.actor_name is '登记人姓名';
create index emergency_step_emergency_idx on emergency_step (emergency_id, at, id);

create table referral (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  person_id uuid not null,
  visit_id uuid,
  kind text not null,
  note text,
  state text not null constraint referral_state_check check (state in ('open', 'taken', 'done', 'declined', 'seen')),
  worker_id uuid,
  opened_at timestamptz not null,
  opened_on date not null,
  due_on date not null,
  taken_by text,
  organisation_id uuid,
  taken_on date,
  outcome text,
  result text,
  settled_on date,
  seen_on date,
  constraint referral_pkey primary key (home_code, id)
);
comment on table referral is '需求转介 — a need tracked to its result';
comment on column referral.home_code is '存储归属';
comment on column referral.id is '编号';
comment on column referral.division_code is '所属区划';
comment on column referral.recorded_division_code is '提出时区划';
comment on column referral.person_id is '人员';
comment on column referral.visit_id is '探访记录 — empty when it was entered by itself';
comment on column referral.kind is '需求类别';
comment on column referral.note is '需求说明';
comment on column referral.state is '状态';
comment on column referral.worker_id is '提出人员账号';
comment on column referral.opened_at is '提出时间';
comment on column referral.opened_on is '提出日期';
comment on column referral.due_on is '办理期限';
comment on column referral.taken_by is '承接人';
comment on column referral.organisation_id is '承接组织';
comment on column referral.taken_on is '承接日期';
comment on column referral.outcome is '结论 — done or declined';
comment on column referral.result is '办理结果';
comment on column referral.settled_on is '办结日期';
comment on column referral.seen_on is '告知日期';
create index referral_list_idx on referral (division_code, due_on, id);
create index referral_person_idx on referral (person_id, opened_at);

create table supporter_reminder (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  person_id uuid not null,
  contact_id uuid not null,
  supporter_name text not null,
  relation text not null default '',
  way text not null,
  reached boolean not null,
  answer text,
  reminded_on date not null,
  recorded_at timestamptz not null,
  recorded_by text not null,
  document_id uuid,
  constraint supporter_reminder_pkey primary key (home_code, id)
);
comment on table supporter_reminder is '督促记录 — contact log of reminders to supporters (Law on the Rights of the Elderly, art. 18)';
comment on column supporter_reminder.home_code is '存储归属';
comment on column supporter_reminder.id is '编号';
comment on column supporter_reminder.division_code is '所属区划';
comment on column supporter_reminder.person_id is '人员';
comment on column supporter_reminder.contact_id is '赡养人';
comment on column supporter_reminder.supporter_name is '赡养人姓名';
comment on column supporter_reminder.relation is '关系';
comment on column supporter_reminder.way is '方式';
comment on column supporter_reminder.reached is '是否联系上';
comment on column supporter_reminder.answer is '答复';
comment on column supporter_reminder.reminded_on is '督促日期';
comment on column supporter_reminder.recorded_at is '登记时间';
comment on column supporter_reminder.recorded_by is '登记人';
comment on column supporter_reminder.document_id is '督促函';
create index supporter_reminder_list_idx on supporter_reminder (division_code, recorded_at, id);
create index supporter_reminder_person_idx on supporter_reminder (person_id, recorded_at);

create table census_campaign (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  title text not null,
  from_on date not null,
  to_on date not null,
  state text not null constraint census_campaign_state_check check (state in ('open', 'closed')),
  opened_at timestamptz not null,
  closed_at timestamptz,
  close_reason text,
  constraint census_campaign_pkey primary key (home_code, id)
);
comment on table census_campaign is '摸底排查 — a census over the villages of a division in a period';
comment on column census_campaign.home_code is '存储归属';
comment on column census_campaign.id is '编号';
comment on column census_campaign.division_code is '排查区划';
comment on column census_campaign.title is '名称';
comment on column census_campaign.from_on is '开始日期';
comment on column census_campaign.to_on is '结束日期 — the last day';
comment on column census_campaign.state is '状态';
comment on column census_campaign.opened_at is '发起时间';
comment on column census_campaign.closed_at is '结束时间';
comment on column census_campaign.close_reason is '提前结束理由';
create index census_campaign_list_idx on census_campaign (division_code, opened_at, id);

create table census_village (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  campaign_id uuid not null,
  campaign_title text not null,
  campaign_division text collate "C" not null,
  campaign_from_on date not null,
  campaign_to_on date not null,
  campaign_state text not null,
  campaign_opened_at timestamptz not null,
  name text not null,
  expected integer,
  found integer,
  state text not null constraint census_village_state_check check (state in ('open', 'finished')),
  finished_on date,
  finished_by text,
  note text,
  constraint census_village_pkey primary key (home_code, id)
);
comment on table census_village is '排查村（社区） — one line of the worklist; carries the campaign, since a worker cannot see the county''s row';
comment on column census_village.home_code is '存储归属';
comment on column census_village.id is '编号';
comment on column census_village.division_code is '村（社区）';
comment on column census_village.campaign_id is '摸底排查';
comment on column census_village.campaign_title is '摸底排查名称';
comment on column census_village.campaign_division is '排查区划';
comment on column census_village.campaign_from_on is '开始日期';
comment on column census_village.campaign_to_on is '结束日期';
comment on column census_village.campaign_state is '摸底排查状态';
comment on column census_village.campaign_opened_at is '发起时间';
comment on column census_village.name is '村（社区）名称 — when the campaign was opened';
comment on column census_village.expected is '预计人数';
comment on column census_village.found is '完成时查到人数';
comment on column census_village.state is '状态';
comment on column census_village.finished_on is '完成日期';
comment on column census_village.finished_by is '完成人';
comment on column census_village.note is '说明';
create index census_village_campaign_idx on census_village (campaign_id, division_code);

create table monitor (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  person_id uuid not null,
  kind text not null,
  label text not null,
  serial_number text not null default '',
  key_sealed text not null,
  state text not null constraint monitor_state_check check (state in ('active', 'retired')),
  worker_id uuid,
  registered_at timestamptz not null,
  seen_at timestamptz,
  activity_at timestamptz,
  alarm_at timestamptz,
  alarm text,
  silent_at timestamptz,
  retired_at timestamptz,
  retire_reason text,
  constraint monitor_pkey primary key (home_code, id)
);
comment on table monitor is '监测设备 — a device at a person''s home, with the sealed key its signals are signed by';
comment on column monitor.home_code is '存储归属';
comment on column monitor.id is '设备编号';
comment on column monitor.division_code is '所属区划';
comment on column monitor.recorded_division_code is '登记时区划';
comment on column monitor.person_id is '人员';
comment on column monitor.kind is '种类';
comment on column monitor.label is '名称或位置';
comment on column monitor.serial_number is '序列号';
comment on column monitor.key_sealed is '密钥 — sealed by the vault';
comment on column monitor.state is '状态';
comment on column monitor.worker_id is '登记人员账号';
comment on column monitor.registered_at is '登记时间';
comment on column monitor.seen_at is '最近在线';
comment on column monitor.activity_at is '最近活动';
comment on column monitor.alarm_at is '最近报警';
comment on column monitor.alarm is '报警内容';
comment on column monitor.silent_at is '判定离线时间 — empty while it is heard';
comment on column monitor.retired_at is '停用时间';
comment on column monitor.retire_reason is '停用理由';
create index monitor_list_idx on monitor (division_code, registered_at, id);
create index monitor_person_idx on monitor (person_id);
create index monitor_id_idx on monitor (id);
create index monitor_seen_idx on monitor (seen_at) where state = 'active';

create table monitor_signal (
  home_code text collate "C" not null,
  monitor_id uuid not null,
  sequence bigint not null,
  division_code text collate "C" not null,
  kind text not null,
  at timestamptz not null,
  received_at timestamptz not null,
  alarm text,
  note text,
  constraint monitor_signal_pkey primary key (home_code, monitor_id, sequence)
);
comment on table monitor_signal is '设备信号 — what was received; a number received twice is a replay. Heartbeats older than the time window are deleted';
comment on column monitor_signal.home_code is '存储归属';
comment on column monitor_signal.monitor_id is '设备';
comment on column monitor_signal.sequence is '序号 — the device''s own, never repeated';
comment on column monitor_signal.division_code is '所属区划';
comment on column monitor_signal.kind is '类别';
comment on column monitor_signal.at is '设备时间';
comment on column monitor_signal.received_at is '接收时间';
comment on column monitor_signal.alarm is '报警内容';
comment on column monitor_signal.note is '说明';
create index monitor_signal_prune_idx on monitor_signal (received_at) where kind = 'heartbeat';

create table export_batch (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  number integer not null,
  kind text not null constraint export_batch_kind_check check (kind in ('full', 'incremental', 'retry')),
  layout text not null,
  prepared_at timestamptz not null,
  persons integer not null,
  visits integer not null,
  accepted integer not null default 0,
  rejected integer not null default 0,
  digest text not null,
  constraint export_batch_pkey primary key (home_code, id)
);
comment on table export_batch is '报送批次 — files for the national database of elderly people in special difficulty';
comment on column export_batch.home_code is '存储归属';
comment on column export_batch.id is '批次编号';
comment on column export_batch.division_code is '报送区划';
comment on column export_batch.number is '批次号 — of the county';
comment on column export_batch.kind is '类别';
comment on column export_batch.layout is '字段布局版本';
comment on column export_batch.prepared_at is '生成时间';
comment on column export_batch.persons is '人员行数';
comment on column export_batch.visits is '探访行数';
comment on column export_batch.accepted is '接收行数';
comment on column export_batch.rejected is '退回行数';
comment on column export_batch.digest is '内容摘要 — SHA-256 over all rows';
create unique index export_batch_number_idx on export_batch (home_code, number);
create index export_batch_list_idx on export_batch (division_code, prepared_at, id);

create table export_row (
  home_code text collate "C" not null,
  batch_id uuid not null,
  ordinal integer not null,
  division_code text collate "C" not null,
  kind text not null constraint export_row_kind_check check (kind in ('person', 'visit')),
  subject_id uuid not null,
  digest text collate "C" not null,
  sealed text not null,
  state text not null constraint export_row_state_check check (state in ('sent', 'accepted', 'rejected')),
  reason text,
  settled_at timestamptz,
  constraint export_row_pkey primary key (home_code, batch_id, ordinal)
);
comment on table export_row is '报送行 — one line as it was sent, sealed, with its receipt';
comment on column export_row.home_code is '存储归属';
comment on column export_row.batch_id is '批次';
comment on column export_row.ordinal is '行号 — from 1, persons first';
comment on column export_row.division_code is '报送区划';
comment on column export_row.kind is '类别';
comment on column export_row.subject_id is '人员或探访编号';
comment on column export_row.digest is '内容摘要';
comment on column export_row.sealed is '内容 — sealed by the vault';
comment on column export_row.state is '回执';
comment on column export_row.reason is '退回原因';
comment on column export_row.settled_at is '回执时间';
create index export_row_subject_idx on export_row (home_code, kind, subject_id, ordinal);

create table month_figure (
  home_code text collate "C" not null,
  month text collate "C" not null,
  division_code text collate "C" not null,
  revision integer not null,
  name text not null,
  visited integer not null,
  enrolled integer not null,
  refused integer not null,
  rate text,
  closed_at timestamptz not null,
  constraint month_figure_pkey primary key (home_code, month, division_code, revision)
);
comment on table month_figure is '月报数据 — the figures of a closed month as printed; never changed, not even by a change of divisions';
comment on column month_figure.home_code is '存储归属';
comment on column month_figure.month is '月份 — YYYY-MM';
comment on column month_figure.division_code is '区划 — the code of that month';
comment on column month_figure.revision is '版次 — from 1; a correction adds one';
comment on column month_figure.name is '区划名称 — of that month';
comment on column month_figure.visited is '已探访人数';
comment on column month_figure.enrolled is '应探访人数';
comment on column month_figure.refused is '自愿不接受人数';
comment on column month_figure.rate is '月探访率 — floored, as printed';
comment on column month_figure.closed_at is '结账时间';
create index month_figure_scope_idx on month_figure (month, division_code, revision);

create table month_correction (
  home_code text collate "C" not null,
  id uuid not null,
  month text collate "C" not null,
  division_code text collate "C" not null,
  revision integer not null,
  reason text not null,
  corrected_by text not null,
  at timestamptz not null,
  before jsonb not null,
  after jsonb not null,
  constraint month_correction_pkey primary key (home_code, id)
);
comment on table month_correction is '月报更正 — what was corrected after a month was closed, why, by whom';
comment on column month_correction.home_code is '存储归属';
comment on column month_correction.id is '编号';
comment on column month_correction.month is '月份';
comment on column month_correction.division_code is '区划';
comment on column month_correction.revision is '更正后的版次';
comment on column month_correction.reason is '更正理由';
comment on column month_correction.corrected_by is '更正人身份';
comment on column month_correction.at is '更正时间';
comment on column month_correction.before is '更正前';
comment on column month_correction.after is '更正后';
create index month_correction_list_idx on month_correction (month, division_code, at, id);
