-- The tables of the kernel's nouns. Expand only; taken on an empty database, no lock matters.
-- Every distributed table starts its key with home_code (storage only); scope is always the range of division_code.

create table division (
  code text collate "C" not null,
  valid_from date not null,
  valid_to date,
  name text not null,
  level smallint not null,
  successors text[] not null default '{}',
  constraint division_pkey primary key (code, valid_from)
);
comment on table division is '行政区划 — dated administrative divisions; code is significant digits (63, 6302, 630203, 630203100, 630203100201)';
comment on column division.code is '区划代码 — significant digits, never re-used for another place';
comment on column division.valid_from is '启用日期 — first day the code is in force';
comment on column division.valid_to is '停用日期 — first day it is no longer in force; null = in force';
comment on column division.name is '名称';
comment on column division.level is '级别 — 1 province, 2 prefecture, 3 county, 4 township, 5 village';
comment on column division.successors is '后继代码 — codes that took over on valid_to (merge, split, rename)';
create index division_name_idx on division (name);

create table setting_value (
  id text not null,
  division_code text collate "C" not null,
  valid_from date not null,
  value jsonb not null,
  reason text not null,
  set_by uuid,
  set_at timestamptz not null,
  constraint setting_value_pkey primary key (id, division_code, valid_from)
);
comment on table setting_value is '动态参数 — dated local values of declared settings; the nearest division wins, then the latest valid_from';
comment on column setting_value.id is '参数编号 — id of a declared setting';
comment on column setting_value.division_code is '适用区划 — significant digits; "0" = the whole installation';
comment on column setting_value.valid_from is '生效日期';
comment on column setting_value.value is '取值 — number, text or boolean';
comment on column setting_value.reason is '依据或理由';
comment on column setting_value.set_by is '设置人 — account id';
comment on column setting_value.set_at is '设置时间';

create table holiday (
  day date not null primary key,
  kind text not null constraint holiday_kind_check check (kind in ('holiday', 'workday')),
  name text not null
);
comment on table holiday is '节假日安排 — State Council holidays and make-up working days; years absent here are unknown, never guessed';
comment on column holiday.day is '日期';
comment on column holiday.kind is '类别 — holiday (放假) or workday (调休上班)';
comment on column holiday.name is '名称';

create table account (
  id uuid not null primary key,
  login text collate "C" not null constraint account_login_key unique,
  display_name text not null,
  password_hash text not null,
  must_change_password boolean not null default false,
  totp_sealed text,
  totp_last_counter bigint,
  recovery_hashes text[] not null default '{}',
  failed_count integer not null default 0,
  locked_until timestamptz,
  disabled_at timestamptz,
  created_at timestamptz not null
);
comment on table account is '账号';
comment on column account.id is '账号编号 — UUIDv7';
comment on column account.login is '登录名 — lower case';
comment on column account.display_name is '显示名称';
comment on column account.password_hash is '口令散列 — scrypt with its parameters';
comment on column account.must_change_password is '首次登录须改口令';
comment on column account.totp_sealed is '动态口令密钥 — sealed by the vault; null = not enrolled';
comment on column account.totp_last_counter is '已用动态口令计数 — replay guard';
comment on column account.recovery_hashes is '恢复码散列';
comment on column account.failed_count is '连续失败次数';
comment on column account.locked_until is '锁定至';
comment on column account.disabled_at is '停用时间';
comment on column account.created_at is '建立时间';

create table role_grant (
  id uuid not null primary key,
  account_id uuid not null constraint role_grant_account_id_fk references account (id),
  role text not null,
  division_code text collate "C",
  organisation_id uuid,
  organisation_home text collate "C",
  unit_id uuid,
  label text not null,
  valid_from date not null,
  valid_to date,
  granted_by uuid,
  granted_at timestamptz not null,
  revoked_at timestamptz
);
comment on table role_grant is '授权 — role × division, organisation or supervisory unit; dated';
comment on column role_grant.id is '授权编号';
comment on column role_grant.account_id is '账号';
comment on column role_grant.role is '角色';
comment on column role_grant.division_code is '管辖区划 — staff roles';
comment on column role_grant.organisation_id is '社会组织 — organisation role';
comment on column role_grant.organisation_home is '社会组织的存储归属 — organisation role';
comment on column role_grant.unit_id is '业务主管单位 — supervisory-unit role';
comment on column role_grant.label is '授权范围名称 — name of the division, organisation or unit when granted';
comment on column role_grant.valid_from is '生效日期';
comment on column role_grant.valid_to is '失效日期 — exclusive; null = open';
comment on column role_grant.granted_by is '授权人';
comment on column role_grant.granted_at is '授权时间';
comment on column role_grant.revoked_at is '撤销时间';
create index role_grant_account_id_idx on role_grant (account_id);

create table session (
  token_hash text collate "C" not null primary key,
  account_id uuid not null constraint session_account_id_fk references account (id),
  kind text not null constraint session_kind_check check (kind in ('browser', 'token')),
  label text not null default '',
  grant_id uuid,
  created_at timestamptz not null,
  seen_at timestamptz not null,
  expires_at timestamptz not null,
  ended_at timestamptz
);
comment on table session is '会话与接口令牌 — browser sessions and API tokens; only the digest of the secret is kept';
comment on column session.token_hash is '凭据摘要 — SHA-256 of the secret';
comment on column session.account_id is '账号';
comment on column session.kind is '类别 — browser session or API token';
comment on column session.label is '用途 — of an API token';
comment on column session.grant_id is '当前身份 — the grant the person is acting under';
comment on column session.created_at is '建立时间';
comment on column session.seen_at is '最近使用';
comment on column session.expires_at is '到期时间';
comment on column session.ended_at is '结束时间';
create index session_account_id_idx on session (account_id);

create table idempotency (
  actor_id uuid not null,
  operation text not null,
  key text collate "C" not null,
  input_digest text not null,
  answer jsonb,
  status integer,
  at timestamptz not null,
  constraint idempotency_pkey primary key (actor_id, operation, key)
);
comment on table idempotency is '幂等键 — a replayed command gets its first answer';
comment on column idempotency.actor_id is '操作人';
comment on column idempotency.operation is '操作';
comment on column idempotency.key is '幂等键 — chosen by the client';
comment on column idempotency.input_digest is '输入摘要 — another input under the same key is refused';
comment on column idempotency.answer is '首次答复';
comment on column idempotency.status is '首次答复状态码';
comment on column idempotency.at is '时间';

create table journal_entry (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  at timestamptz not null,
  actor_id uuid,
  actor_label text not null,
  operation text not null,
  event text not null,
  subject_kind text not null,
  subject_id uuid,
  refused boolean not null,
  code text,
  payload jsonb not null,
  request_id text not null,
  commitment text not null,
  constraint journal_entry_pkey primary key (home_code, id)
);
comment on table journal_entry is '操作日志 — append only: who did what to whom, when, by which operation; refusals included';
comment on column journal_entry.home_code is '存储归属';
comment on column journal_entry.id is '日志编号 — UUIDv7';
comment on column journal_entry.division_code is '所属区划';
comment on column journal_entry.at is '时间';
comment on column journal_entry.actor_id is '操作人账号 — null = the public or the system';
comment on column journal_entry.actor_label is '操作人身份 — role and scope at that moment';
comment on column journal_entry.operation is '操作';
comment on column journal_entry.event is '事件 — past tense';
comment on column journal_entry.subject_kind is '对象类别';
comment on column journal_entry.subject_id is '对象编号';
comment on column journal_entry.refused is '是否被拒绝';
comment on column journal_entry.code is '拒绝代码';
comment on column journal_entry.payload is '内容 — without personal data; private fields as salted digests';
comment on column journal_entry.request_id is '请求编号';
comment on column journal_entry.commitment is '承诺值 — digest of the whole input with a salt kept in the payload of the vault';
create index journal_entry_subject_idx on journal_entry (subject_id, id);
create index journal_entry_division_code_idx on journal_entry (division_code, id);

create table journal_block (
  seq bigint not null primary key,
  home_code text collate "C" not null,
  count integer not null,
  root text not null,
  prev text not null,
  hash text not null,
  sealed_at timestamptz not null,
  key_id text not null,
  signature text not null
);
comment on table journal_block is '日志封存块 — Merkle root of a gathering of entries, chained and signed';
comment on column journal_block.seq is '块号';
comment on column journal_block.home_code is '存储归属';
comment on column journal_block.count is '条目数';
comment on column journal_block.root is 'Merkle 根';
comment on column journal_block.prev is '前块摘要';
comment on column journal_block.hash is '本块摘要';
comment on column journal_block.sealed_at is '封存时间';
comment on column journal_block.key_id is '签名密钥';
comment on column journal_block.signature is '签名';

create table journal_seal (
  home_code text collate "C" not null,
  entry_id uuid not null,
  block_seq bigint not null,
  position integer not null,
  leaf text not null,
  constraint journal_seal_pkey primary key (home_code, entry_id)
);
comment on table journal_seal is '日志封存位置 — which block and place an entry was sealed into';
comment on column journal_seal.home_code is '存储归属';
comment on column journal_seal.entry_id is '日志编号';
comment on column journal_seal.block_seq is '块号';
comment on column journal_seal.position is '块内位置 — from 0';
comment on column journal_seal.leaf is '条目摘要';
create index journal_seal_block_seq_idx on journal_seal (block_seq, position);

create table decision (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  subject_id uuid not null,
  rule text not null,
  version text not null,
  on_date date not null,
  facts jsonb not null,
  settings jsonb not null,
  conditions jsonb not null,
  citations jsonb not null,
  output jsonb not null,
  at timestamptz not null,
  constraint decision_pkey primary key (home_code, id)
);
comment on table decision is '规则判断记录 — every condition with value, threshold and article; can be replayed';
comment on column decision.home_code is '存储归属';
comment on column decision.id is '判断编号';
comment on column decision.division_code is '所属区划';
comment on column decision.subject_id is '对象';
comment on column decision.rule is '规则';
comment on column decision.version is '规则版本 — its effective date';
comment on column decision.on_date is '适用日期';
comment on column decision.facts is '事实';
comment on column decision.settings is '当时的动态参数';
comment on column decision.conditions is '条件';
comment on column decision.citations is '引用条款';
comment on column decision.output is '结论';
comment on column decision.at is '时间';
create index decision_subject_id_idx on decision (subject_id, at);

create table procedure_instance (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  procedure text not null,
  version text not null,
  subject_id uuid not null,
  organisation_id uuid,
  unit_id uuid,
  state text not null,
  data jsonb not null default '{}',
  opened_at timestamptz not null,
  closed_at timestamptz,
  constraint procedure_instance_pkey primary key (home_code, id)
);
comment on table procedure_instance is '程序实例 — one running or finished procedure over a subject';
comment on column procedure_instance.home_code is '存储归属';
comment on column procedure_instance.id is '程序编号';
comment on column procedure_instance.division_code is '所属区划';
comment on column procedure_instance.procedure is '程序';
comment on column procedure_instance.version is '程序版本 — kept from its beginning';
comment on column procedure_instance.subject_id is '对象';
comment on column procedure_instance.organisation_id is '社会组织 — whose file it is';
comment on column procedure_instance.unit_id is '业务主管单位';
comment on column procedure_instance.state is '状态';
comment on column procedure_instance.data is '程序数据 — small facts of the procedure itself';
comment on column procedure_instance.opened_at is '开始时间';
comment on column procedure_instance.closed_at is '结束时间';
create index procedure_instance_subject_idx on procedure_instance (subject_id, opened_at);
create index procedure_instance_organisation_idx on procedure_instance (organisation_id, opened_at);
create index procedure_instance_scope_idx on procedure_instance (division_code, procedure, state, opened_at, id);

create table procedure_step (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  instance_id uuid not null,
  subject_id uuid not null,
  organisation_id uuid,
  unit_id uuid,
  transition text not null,
  from_state text,
  to_state text not null,
  at timestamptz not null,
  actor_id uuid,
  actor_label text not null,
  law jsonb not null default '[]',
  document_id uuid,
  decision_id uuid,
  note jsonb not null default '{}',
  constraint procedure_step_pkey primary key (home_code, id)
);
comment on table procedure_step is '程序步骤 — the spine of a file: who, when, what, by which article, with which document';
comment on column procedure_step.home_code is '存储归属';
comment on column procedure_step.id is '步骤编号';
comment on column procedure_step.division_code is '所属区划';
comment on column procedure_step.instance_id is '程序编号';
comment on column procedure_step.subject_id is '对象';
comment on column procedure_step.organisation_id is '社会组织';
comment on column procedure_step.unit_id is '业务主管单位';
comment on column procedure_step.transition is '动作';
comment on column procedure_step.from_state is '原状态 — null = the first step';
comment on column procedure_step.to_state is '新状态';
comment on column procedure_step.at is '时间';
comment on column procedure_step.actor_id is '操作人';
comment on column procedure_step.actor_label is '操作人身份';
comment on column procedure_step.law is '引用条款';
comment on column procedure_step.document_id is '文书';
comment on column procedure_step.decision_id is '规则判断';
comment on column procedure_step.note is '说明 — facts for the timeline, without personal data';
create index procedure_step_instance_idx on procedure_step (instance_id, at);
create index procedure_step_organisation_idx on procedure_step (organisation_id, at);

create table duty (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  kind text not null,
  subject_id uuid not null,
  subject_label text not null,
  organisation_id uuid,
  unit_id uuid,
  holder text not null constraint duty_holder_check check (holder in ('staff', 'organisation', 'unit')),
  link text not null default '',
  opened_at timestamptz not null,
  due_on date not null,
  law jsonb not null default '[]',
  reminders integer not null default 0,
  state text not null default 'open' constraint duty_state_check check (state in ('open', 'paused', 'done', 'cancelled')),
  done_at timestamptz,
  done_on date,
  ground text,
  constraint duty_pkey primary key (home_code, id)
);
comment on table duty is '待办期限 — an obligation with a due date, a holder and its law';
comment on column duty.home_code is '存储归属';
comment on column duty.id is '待办编号';
comment on column duty.division_code is '所属区划';
comment on column duty.kind is '类别 — declared by a module';
comment on column duty.subject_id is '对象';
comment on column duty.subject_label is '对象名称';
comment on column duty.organisation_id is '社会组织';
comment on column duty.unit_id is '业务主管单位';
comment on column duty.holder is '承担者 — registration staff, the organisation, or its supervisory unit';
comment on column duty.link is '入口 — console path';
comment on column duty.opened_at is '产生时间';
comment on column duty.due_on is '期限 — last day, Asia/Shanghai';
comment on column duty.law is '依据';
comment on column duty.reminders is '已提醒次数';
comment on column duty.state is '状态';
comment on column duty.done_at is '办结时间';
comment on column duty.done_on is '办结日期';
comment on column duty.ground is '暂停、延期或取消的理由';
create index duty_scope_idx on duty (division_code, due_on, id) where state = 'open';
create index duty_kind_idx on duty (kind, division_code, due_on, id) where state = 'open';
create index duty_subject_idx on duty (subject_id, kind);
create index duty_organisation_idx on duty (organisation_id, due_on) where state = 'open';
create index duty_unit_idx on duty (unit_id, due_on) where state = 'open';

create table register_version (
  home_code text collate "C" not null,
  register text not null,
  subject_id uuid not null,
  version integer not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  unit_id uuid,
  valid_from date not null,
  recorded_at timestamptz not null,
  body jsonb not null,
  cause text not null,
  corrects integer,
  constraint register_version_pkey primary key (home_code, register, subject_id, version)
);
comment on table register_version is '登记簿版本 — every state a record ever had: valid from a day, recorded at an instant';
comment on column register_version.home_code is '存储归属';
comment on column register_version.register is '登记簿';
comment on column register_version.subject_id is '对象';
comment on column register_version.version is '版本 — from 1';
comment on column register_version.division_code is '所属区划';
comment on column register_version.organisation_id is '社会组织';
comment on column register_version.unit_id is '业务主管单位';
comment on column register_version.valid_from is '自何日起有效';
comment on column register_version.recorded_at is '记录时间';
comment on column register_version.body is '内容';
comment on column register_version.cause is '原因 — operation id';
comment on column register_version.corrects is '更正的版本';

create table indicator_cell (
  home_code text collate "C" not null,
  division_code text collate "C" not null,
  indicator text collate "C" not null,
  period text collate "C" not null,
  key text collate "C" not null,
  value bigint not null,
  constraint indicator_cell_pkey primary key (home_code, indicator, period, key, division_code)
);
comment on table indicator_cell is '指标计数 — leaf cells kept in the same transaction as the rows they count; ancestors are range sums';
comment on column indicator_cell.home_code is '存储归属';
comment on column indicator_cell.division_code is '区划';
comment on column indicator_cell.indicator is '指标';
comment on column indicator_cell.period is '期间 — year, or empty for a stock';
comment on column indicator_cell.key is '维度 — values joined by |';
comment on column indicator_cell.value is '数值';
create index indicator_cell_scope_idx on indicator_cell (indicator, period, division_code, key, value);

create table search_token (
  home_code text collate "C" not null,
  division_code text collate "C" not null,
  collection text collate "C" not null,
  token text collate "C" not null,
  sort_key text collate "C" not null,
  subject_id uuid not null,
  constraint search_token_pkey primary key (home_code, collection, token, subject_id)
);
comment on table search_token is '检索词 — bigrams, pinyin and initials of names, found by = and ranges only';
comment on column search_token.home_code is '存储归属';
comment on column search_token.division_code is '所属区划';
comment on column search_token.collection is '集合';
comment on column search_token.token is '检索词';
comment on column search_token.sort_key is '排序键 — pinyin';
comment on column search_token.subject_id is '对象';
create index search_token_token_idx on search_token (collection, token, division_code, subject_id);
create index search_token_subject_idx on search_token (subject_id);

create table document (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  unit_id uuid,
  template text not null,
  template_version text not null,
  series text,
  year integer,
  seq integer,
  number text,
  title text not null,
  facts jsonb not null,
  issuer jsonb not null,
  issued_on date not null,
  issued_by uuid,
  verification_code text collate "C" not null,
  void_at timestamptz,
  void_reason text,
  served jsonb not null default '[]',
  public boolean not null default false,
  constraint document_pkey primary key (home_code, id)
);
comment on table document is '文书 — numbered, verifiable documents; the PDF is rendered from facts and template version, always the same bytes';
comment on column document.home_code is '存储归属';
comment on column document.id is '文书编号';
comment on column document.division_code is '所属区划';
comment on column document.organisation_id is '社会组织';
comment on column document.unit_id is '业务主管单位';
comment on column document.template is '模板';
comment on column document.template_version is '模板版本';
comment on column document.series is '文号代字';
comment on column document.year is '文号年份';
comment on column document.seq is '文号序号';
comment on column document.number is '发文字号';
comment on column document.title is '标题';
comment on column document.facts is '要素';
comment on column document.issuer is '制发信息 — authority name, verification address and specimen mark as they were on the day of issue';
comment on column document.issued_on is '成文日期';
comment on column document.issued_by is '签发人';
comment on column document.verification_code is '验证码';
comment on column document.void_at is '作废时间';
comment on column document.void_reason is '作废理由';
comment on column document.served is '送达记录';
comment on column document.public is '是否公开';
create index document_organisation_idx on document (organisation_id, issued_on);
create index document_verification_code_idx on document (verification_code);

create table document_series (
  home_code text collate "C" not null,
  series text not null,
  year integer not null,
  last_seq integer not null,
  constraint document_series_pkey primary key (home_code, series, year)
);
comment on table document_series is '文号序列 — the last number taken, per organ, series and year';
comment on column document_series.home_code is '存储归属';
comment on column document_series.series is '文号代字';
comment on column document_series.year is '年份';
comment on column document_series.last_seq is '最后序号';

create table file (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  unit_id uuid,
  name text not null,
  content_type text not null,
  size bigint not null,
  sha256 text not null,
  uploaded_by uuid,
  uploaded_at timestamptz not null,
  subject_id uuid,
  constraint file_pkey primary key (home_code, id)
);
comment on table file is '附件 — content-addressed evidence; the bytes live in the file store';
comment on column file.home_code is '存储归属';
comment on column file.id is '附件编号';
comment on column file.division_code is '所属区划';
comment on column file.organisation_id is '社会组织';
comment on column file.unit_id is '业务主管单位';
comment on column file.name is '文件名';
comment on column file.content_type is '类型 — as its content shows';
comment on column file.size is '字节数';
comment on column file.sha256 is '内容摘要';
comment on column file.uploaded_by is '上传人';
comment on column file.uploaded_at is '上传时间';
comment on column file.subject_id is '所属对象';
create index file_subject_idx on file (subject_id);

create table sealed_field (
  home_code text collate "C" not null,
  subject_id uuid not null,
  field text not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  sealed text not null,
  digest text collate "C" not null,
  masked text not null,
  constraint sealed_field_pkey primary key (home_code, subject_id, field)
);
comment on table sealed_field is '密封字段 — citizen numbers, phones and the like, sealed one by one, found by keyed digest';
comment on column sealed_field.home_code is '存储归属';
comment on column sealed_field.subject_id is '对象';
comment on column sealed_field.field is '字段';
comment on column sealed_field.division_code is '所属区划';
comment on column sealed_field.organisation_id is '社会组织';
comment on column sealed_field.sealed is '密文';
comment on column sealed_field.digest is '带密钥摘要 — with key version';
comment on column sealed_field.masked is '掩码形式';
create index sealed_field_digest_idx on sealed_field (field, digest);

create table job (
  id uuid not null primary key,
  kind text not null,
  input jsonb not null,
  run_at timestamptz not null,
  attempts integer not null default 0,
  claimed_by text,
  claimed_until timestamptz,
  finished_at timestamptz,
  error text,
  progress jsonb not null default '{}',
  requested_by uuid
);
comment on table job is '后台任务 — claim, work and finish are three short transactions';
comment on column job.id is '任务编号';
comment on column job.kind is '类别';
comment on column job.input is '输入';
comment on column job.run_at is '不早于';
comment on column job.attempts is '尝试次数';
comment on column job.claimed_by is '执行者';
comment on column job.claimed_until is '占用至';
comment on column job.finished_at is '完成时间';
comment on column job.error is '最近错误';
comment on column job.progress is '进度';
comment on column job.requested_by is '发起人';
create index job_ready_idx on job (run_at) where finished_at is null;

create schema publication;
comment on schema publication is '公开库 — everything the portal can reach; personal data cannot leak through a page that cannot reach it';

create table publication.item (
  collection text collate "C" not null,
  key text collate "C" not null,
  subject_id uuid,
  division_code text collate "C" not null,
  title text not null,
  sort_key text collate "C" not null,
  body jsonb not null,
  published_on date not null,
  expires_on date,
  version integer not null,
  constraint item_pkey primary key (collection, key)
);
comment on table publication.item is '公开事项 — one published thing: which fields, until when';
comment on column publication.item.collection is '集合 — declared by a module with its data dictionary';
comment on column publication.item.key is '公开键 — credit code, document code …';
comment on column publication.item.subject_id is '对象';
comment on column publication.item.division_code is '所属区划';
comment on column publication.item.title is '名称';
comment on column publication.item.sort_key is '排序键';
comment on column publication.item.body is '公开内容 — declared fields only';
comment on column publication.item.published_on is '公开日期';
comment on column publication.item.expires_on is '公开到期日 — exclusive; null = no expiry';
comment on column publication.item.version is '公开版本';
create index item_list_idx on publication.item (collection, division_code, sort_key, key);
create index item_sort_idx on publication.item (collection, sort_key, key);
create index item_subject_idx on publication.item (subject_id);

create table publication.correction (
  collection text collate "C" not null,
  key text collate "C" not null,
  version integer not null,
  old_body jsonb not null,
  reason text not null,
  corrected_on date not null,
  constraint correction_pkey primary key (collection, key, version)
);
comment on table publication.correction is '公开更正 — old text kept beside the new, with date and reason';
comment on column publication.correction.collection is '集合';
comment on column publication.correction.key is '公开键';
comment on column publication.correction.version is '被更正的版本';
comment on column publication.correction.old_body is '原内容';
comment on column publication.correction.reason is '更正理由';
comment on column publication.correction.corrected_on is '更正日期';

create table publication.search_token (
  collection text collate "C" not null,
  token text collate "C" not null,
  sort_key text collate "C" not null,
  key text collate "C" not null,
  constraint search_token_pkey primary key (collection, token, sort_key, key)
);
comment on table publication.search_token is '公开检索词';
comment on column publication.search_token.collection is '集合';
comment on column publication.search_token.token is '检索词';
comment on column publication.search_token.sort_key is '排序键';
comment on column publication.search_token.key is '公开键';
create index search_token_key_idx on publication.search_token (collection, key);

create table publication.figure (
  indicator text collate "C" not null,
  division_code text collate "C" not null,
  period text collate "C" not null,
  key text collate "C" not null,
  value bigint not null,
  constraint figure_pkey primary key (indicator, period, division_code, key)
);
comment on table publication.figure is '公开数据 — leaf cells of published indicators, kept in the same transaction as the rows they count';
comment on column publication.figure.indicator is '指标';
comment on column publication.figure.division_code is '区划';
comment on column publication.figure.period is '期间';
comment on column publication.figure.key is '维度';
comment on column publication.figure.value is '数值';

create table sheet_batch (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  operation text not null,
  file_id uuid not null,
  file_name text not null,
  state text not null,
  answers jsonb not null default '{}',
  questions jsonb not null default '[]',
  counts jsonb not null default '{}',
  summary jsonb not null default '{}',
  created_by uuid not null,
  created_at timestamptz not null,
  finished_at timestamptz,
  constraint sheet_batch_pkey primary key (home_code, id)
);
comment on table sheet_batch is '导入批次 — one uploaded spreadsheet on its way through dry run, commit and undo';
comment on column sheet_batch.home_code is '存储归属';
comment on column sheet_batch.id is '批次编号';
comment on column sheet_batch.division_code is '所属区划';
comment on column sheet_batch.operation is '操作';
comment on column sheet_batch.file_id is '原文件';
comment on column sheet_batch.file_name is '文件名';
comment on column sheet_batch.state is '状态 — reading, asking, checked, committing, committed, undoing, undone, failed';
comment on column sheet_batch.answers is '导入者的回答';
comment on column sheet_batch.questions is '需要回答的问题';
comment on column sheet_batch.counts is '计数';
comment on column sheet_batch.summary is '表格概况';
comment on column sheet_batch.created_by is '导入人';
comment on column sheet_batch.created_at is '建立时间';
comment on column sheet_batch.finished_at is '完成时间';

create table sheet_row (
  home_code text collate "C" not null,
  batch_id uuid not null,
  ordinal integer not null,
  sheet text not null,
  row_number integer not null,
  division_code text collate "C" not null,
  input jsonb,
  verdict text not null,
  problems jsonb,
  outcome jsonb,
  constraint sheet_row_pkey primary key (home_code, batch_id, ordinal)
);
comment on table sheet_row is '导入行 — one spreadsheet row as understood, with its verdict and, after commit, what became of it';
comment on column sheet_row.home_code is '存储归属';
comment on column sheet_row.batch_id is '批次编号';
comment on column sheet_row.ordinal is '顺序';
comment on column sheet_row.sheet is '工作表';
comment on column sheet_row.row_number is '行号';
comment on column sheet_row.division_code is '所属区划';
comment on column sheet_row.input is '理解后的输入';
comment on column sheet_row.verdict is '结论 — new, same, change, bad, done, undone';
comment on column sheet_row.problems is '问题 — field, cell, code, facts; also warnings';
comment on column sheet_row.outcome is '结果 — what commit wrote, for undo';
create index sheet_row_verdict_idx on sheet_row (home_code, batch_id, verdict, ordinal);
