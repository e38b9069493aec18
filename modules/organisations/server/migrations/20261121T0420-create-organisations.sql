-- The register of social organisations and what hangs on it: names with dates, keys that are unique in the whole country,
-- supervisory units, officers, meetings, charters, consents, applications, yearly confirmations of filed organisations.
-- Expand only; taken on an empty database, no lock matters.

create table supervisory_unit (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  name text not null,
  name_key text collate "C" not null,
  aliases text[] not null default '{}',
  kind text not null default 'supervisory' constraint supervisory_unit_kind_check check (kind in ('supervisory', 'sector')),
  valid_from date not null,
  valid_to date,
  version integer not null default 1,
  constraint supervisory_unit_pkey primary key (home_code, id)
);
comment on table supervisory_unit is '业务主管单位 — supervisory units and sector departments, with the names they are also known by';
comment on column supervisory_unit.home_code is '存储归属 — storage key, never scope';
comment on column supervisory_unit.id is '单位编号';
comment on column supervisory_unit.division_code is '所属区划';
comment on column supervisory_unit.name is '单位名称';
comment on column supervisory_unit.name_key is '名称检索键 — name without spaces and width';
comment on column supervisory_unit.aliases is '别名与曾用名 — as they stand in old registers';
comment on column supervisory_unit.kind is '类别 — supervisory unit (业务主管单位) or sector department (行业管理部门)';
comment on column supervisory_unit.valid_from is '启用日期';
comment on column supervisory_unit.valid_to is '停用日期 — exclusive; null = in force';
comment on column supervisory_unit.version is '版本';
create index supervisory_unit_scope_idx on supervisory_unit (division_code, name_key, id);

create table organisation (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  recorded_division_code text collate "C" not null,
  credit_code text collate "C",
  code_flag text,
  name text not null,
  name_key text collate "C" not null,
  kind text collate "C" not null constraint organisation_kind_check check (kind in ('social_group', 'social_service_institution', 'foundation', 'community_organisation')),
  status text collate "C" not null constraint organisation_status_check check (status in
    ('registered', 'suspended', 'liquidating', 'deregistered', 'revoked', 'annulled', 'filed', 'withdrawn')),
  registered_on date,
  established_text text,
  registration_authority text,
  certificate_from date,
  certificate_to date,
  validity_text text,
  unit_id uuid,
  unit_name text,
  direct_registration boolean not null default false,
  sector_department text,
  domicile_division text collate "C",
  domicile text,
  scope_text text,
  activity_area text,
  funds_fen bigint,
  funds_text text,
  members_individual integer,
  members_unit integer,
  legal_representative text,
  term_from date,
  term_to date,
  charter_version integer not null default 0,
  party_organisation text collate "C" not null default 'unknown' constraint organisation_party_organisation_check
    check (party_organisation in ('established', 'joint', 'none', 'unknown')),
  party_required boolean not null default false,
  party_members integer,
  employees integer,
  is_charity boolean not null default false,
  charity_on date,
  fundraising_qualified boolean not null default false,
  fundraising_on date,
  grade text collate "C" constraint organisation_grade_check check (grade in ('5A', '4A', '3A', '2A', '1A')),
  grade_from date,
  grade_to date,
  listing text collate "C" not null default 'none' constraint organisation_listing_check check (listing in ('none', 'abnormal', 'serious')),
  listed_on date,
  inspection_year integer,
  inspection_conclusion text,
  filing_number text,
  filing_office text,
  sponsor text,
  seal_filed_on date,
  bank_filed_on date,
  ended_on date,
  flags jsonb not null default '[]',
  version integer not null,
  updated_at timestamptz not null,
  constraint organisation_pkey primary key (home_code, id)
);
comment on table organisation is '社会组织 — one registered or filed organisation as it stands now; earlier states stand in register_version';
comment on column organisation.home_code is '存储归属 — storage key of the registration authority, never scope';
comment on column organisation.id is '社会组织编号 — UUIDv7';
comment on column organisation.division_code is '现管辖区划 — division of the registration authority, significant digits';
comment on column organisation.recorded_division_code is '登记时区划 — kept when divisions merge';
comment on column organisation.credit_code is '统一社会信用代码 — null = none was given';
comment on column organisation.code_flag is '代码存疑 — why the code is doubtful; null = in order';
comment on column organisation.name is '名称';
comment on column organisation.name_key is '名称排序键 — pinyin';
comment on column organisation.kind is '类别 — social group, social-service institution, foundation, or community organisation that is only filed';
comment on column organisation.status is '状态';
comment on column organisation.registered_on is '成立登记日期 — null = unknown';
comment on column organisation.established_text is '成立日期原文 — as the source wrote it';
comment on column organisation.registration_authority is '登记管理机关';
comment on column organisation.certificate_from is '证书有效期起';
comment on column organisation.certificate_to is '证书有效期止 — last day';
comment on column organisation.validity_text is '证书有效期原文';
comment on column organisation.unit_id is '业务主管单位编号';
comment on column organisation.unit_name is '业务主管单位名称 — as written';
comment on column organisation.direct_registration is '直接登记 — without a supervisory unit';
comment on column organisation.sector_department is '行业管理部门 — named since 2026-03-12';
comment on column organisation.domicile_division is '住所区划';
comment on column organisation.domicile is '住所';
comment on column organisation.scope_text is '业务范围';
comment on column organisation.activity_area is '活动地域';
comment on column organisation.funds_fen is '注册资金（分）';
comment on column organisation.funds_text is '注册资金原文';
comment on column organisation.members_individual is '个人会员数';
comment on column organisation.members_unit is '单位会员数';
comment on column organisation.legal_representative is '法定代表人姓名';
comment on column organisation.term_from is '本届任期起';
comment on column organisation.term_to is '本届任期止 — exclusive';
comment on column organisation.charter_version is '章程版本 — 0 = none on file';
comment on column organisation.party_organisation is '党组织 — established, joint, none or unknown';
comment on column organisation.party_required is '应建党组织';
comment on column organisation.party_members is '党员数';
comment on column organisation.employees is '专职工作人员数';
comment on column organisation.is_charity is '慈善组织';
comment on column organisation.charity_on is '认定或登记为慈善组织的日期';
comment on column organisation.fundraising_qualified is '公开募捐资格';
comment on column organisation.fundraising_on is '取得公开募捐资格的日期';
comment on column organisation.grade is '评估等级 — null = none in force';
comment on column organisation.grade_from is '等级有效期起';
comment on column organisation.grade_to is '等级有效期止 — exclusive';
comment on column organisation.listing is '名录状态 — none, abnormal (活动异常名录) or serious (严重违法失信名单)';
comment on column organisation.listed_on is '列入日期';
comment on column organisation.inspection_year is '最近年检年度';
comment on column organisation.inspection_conclusion is '最近年检结论';
comment on column organisation.filing_number is '备案编号 — filed community organisations';
comment on column organisation.filing_office is '备案的街道或乡镇';
comment on column organisation.sponsor is '发起单位或发起人单位';
comment on column organisation.seal_filed_on is '印章备案日期';
comment on column organisation.bank_filed_on is '银行账户备案日期';
comment on column organisation.ended_on is '终止日期 — of deregistration, revocation, annulment or the end of a filing';
comment on column organisation.flags is '存疑事项 — list of {code, facts}';
comment on column organisation.version is '版本 — number of the newest row in register_version';
comment on column organisation.updated_at is '更新时间';
create index organisation_list_idx on organisation (division_code, name_key, id);
create index organisation_kind_idx on organisation (kind, division_code, name_key, id);
create index organisation_status_idx on organisation (status, division_code, name_key, id) where status <> 'registered';
create index organisation_listing_idx on organisation (listing, division_code, name_key, id) where listing <> 'none';
create index organisation_grade_idx on organisation (grade, division_code, name_key, id) where grade is not null;
create index organisation_registered_idx on organisation (division_code, registered_on, id);
create index organisation_page_idx on organisation (division_code, id);
create index organisation_unit_idx on organisation (unit_id, name_key, id) where unit_id is not null;
create index organisation_id_idx on organisation (id);

create table organisation_code (
  code text collate "C" not null,
  home_code text collate "C" not null,
  organisation_id uuid not null,
  constraint organisation_code_pkey primary key (code)
);
comment on table organisation_code is '代码唯一键 — one credit code belongs to one organisation in the whole country; read by lookups only';
comment on column organisation_code.code is '统一社会信用代码';
comment on column organisation_code.home_code is '存储归属';
comment on column organisation_code.organisation_id is '社会组织';

create table organisation_name_key (
  name_key text collate "C" not null,
  home_code text collate "C" not null,
  organisation_id uuid not null,
  division_code text collate "C" not null,
  name text not null,
  kind text not null,
  current boolean not null,
  ended_on date,
  constraint organisation_name_key_pkey primary key (name_key, organisation_id)
);
comment on table organisation_name_key is '名称键 — every name ever used, present and former, for the name check; read by lookups only';
comment on column organisation_name_key.name_key is '名称归一化 — width, brackets and spaces made alike';
comment on column organisation_name_key.home_code is '存储归属';
comment on column organisation_name_key.organisation_id is '社会组织';
comment on column organisation_name_key.division_code is '登记区划';
comment on column organisation_name_key.name is '名称';
comment on column organisation_name_key.kind is '类别';
comment on column organisation_name_key.current is '是否现用名';
comment on column organisation_name_key.ended_on is '停用日期 — of a former name; null = in use or unknown';
create index organisation_name_key_organisation_idx on organisation_name_key (organisation_id);

create table organisation_name (
  home_code text collate "C" not null,
  id uuid not null,
  organisation_id uuid not null,
  division_code text collate "C" not null,
  unit_id uuid,
  name text not null,
  used_from date,
  used_to date,
  precision text not null default 'day' constraint organisation_name_precision_check check (precision in ('day', 'year', 'unknown')),
  source text not null,
  note text,
  constraint organisation_name_pkey primary key (home_code, id)
);
comment on table organisation_name is '名称沿革 — names with the period in which each was used, half-open';
comment on column organisation_name.home_code is '存储归属';
comment on column organisation_name.id is '编号';
comment on column organisation_name.organisation_id is '社会组织';
comment on column organisation_name.division_code is '所属区划';
comment on column organisation_name.unit_id is '业务主管单位';
comment on column organisation_name.name is '名称';
comment on column organisation_name.used_from is '启用日期 — null = unknown';
comment on column organisation_name.used_to is '停用日期 — exclusive; null = in use';
comment on column organisation_name.precision is '日期精度 — day, year (first seen in that year) or unknown';
comment on column organisation_name.source is '来源 — operation id';
comment on column organisation_name.note is '说明';
create index organisation_name_organisation_idx on organisation_name (organisation_id, used_from);

create table organisation_officer (
  home_code text collate "C" not null,
  id uuid not null,
  organisation_id uuid not null,
  division_code text collate "C" not null,
  unit_id uuid,
  name text not null,
  post text not null,
  full_time boolean not null default false,
  civil_servant boolean not null default false,
  other_posts text,
  born_year integer,
  term_from date not null,
  term_to date not null,
  terms integer not null default 1,
  bars_checked_on date,
  bars jsonb not null default '[]',
  decision_id uuid,
  left_on date,
  version integer not null default 1,
  recorded_at timestamptz not null,
  constraint organisation_officer_pkey primary key (home_code, id)
);
comment on table organisation_officer is '负责人 — officers with their terms and the bars found; the citizen number is sealed apart';
comment on column organisation_officer.home_code is '存储归属';
comment on column organisation_officer.id is '编号';
comment on column organisation_officer.organisation_id is '社会组织';
comment on column organisation_officer.division_code is '所属区划';
comment on column organisation_officer.unit_id is '业务主管单位';
comment on column organisation_officer.name is '姓名';
comment on column organisation_officer.post is '职务';
comment on column organisation_officer.full_time is '专职';
comment on column organisation_officer.civil_servant is '现职国家工作人员';
comment on column organisation_officer.other_posts is '其他任职';
comment on column organisation_officer.born_year is '出生年份 — for the age limit, the day stays sealed';
comment on column organisation_officer.term_from is '任期起';
comment on column organisation_officer.term_to is '任期止 — exclusive';
comment on column organisation_officer.terms is '连任届数';
comment on column organisation_officer.bars_checked_on is '任职资格核查日期';
comment on column organisation_officer.bars is '任职限制 — reasons found by the rule';
comment on column organisation_officer.decision_id is '规则判断';
comment on column organisation_officer.left_on is '离任日期';
comment on column organisation_officer.version is '版本';
comment on column organisation_officer.recorded_at is '记录时间';
create index organisation_officer_organisation_idx on organisation_officer (organisation_id, term_from);
create index organisation_officer_term_idx on organisation_officer (division_code, term_to, id) where left_on is null;

create table organisation_meeting (
  home_code text collate "C" not null,
  id uuid not null,
  organisation_id uuid not null,
  division_code text collate "C" not null,
  unit_id uuid,
  body text not null,
  held_on date not null,
  matter text not null,
  subject text not null,
  entitled integer not null,
  present integer not null,
  yes integer not null,
  quorum boolean,
  passed boolean,
  decision_id uuid,
  file_id uuid,
  recorded_at timestamptz not null,
  constraint organisation_meeting_pkey primary key (home_code, id)
);
comment on table organisation_meeting is '会议与表决 — meetings of the governing bodies with attendance and votes, checked against the quorum rules';
comment on column organisation_meeting.home_code is '存储归属';
comment on column organisation_meeting.id is '编号';
comment on column organisation_meeting.organisation_id is '社会组织';
comment on column organisation_meeting.division_code is '所属区划';
comment on column organisation_meeting.unit_id is '业务主管单位';
comment on column organisation_meeting.body is '会议类别 — members, board or supervisors';
comment on column organisation_meeting.held_on is '召开日期';
comment on column organisation_meeting.matter is '事项类别';
comment on column organisation_meeting.subject is '议题';
comment on column organisation_meeting.entitled is '应到人数';
comment on column organisation_meeting.present is '实到人数';
comment on column organisation_meeting.yes is '赞成票';
comment on column organisation_meeting.quorum is '是否达到法定人数 — null = no rule for this kind';
comment on column organisation_meeting.passed is '是否通过';
comment on column organisation_meeting.decision_id is '规则判断';
comment on column organisation_meeting.file_id is '会议纪要';
comment on column organisation_meeting.recorded_at is '记录时间';
create index organisation_meeting_organisation_idx on organisation_meeting (organisation_id, held_on);

create table organisation_charter (
  home_code text collate "C" not null,
  organisation_id uuid not null,
  version integer not null,
  division_code text collate "C" not null,
  unit_id uuid,
  adopted_on date not null,
  approved_on date,
  summary text not null,
  file_id uuid,
  recorded_at timestamptz not null,
  constraint organisation_charter_pkey primary key (home_code, organisation_id, version)
);
comment on table organisation_charter is '章程版本';
comment on column organisation_charter.home_code is '存储归属';
comment on column organisation_charter.organisation_id is '社会组织';
comment on column organisation_charter.version is '章程版本号 — from 1';
comment on column organisation_charter.division_code is '所属区划';
comment on column organisation_charter.unit_id is '业务主管单位';
comment on column organisation_charter.adopted_on is '通过日期';
comment on column organisation_charter.approved_on is '核准日期';
comment on column organisation_charter.summary is '修改要点';
comment on column organisation_charter.file_id is '章程文本';
comment on column organisation_charter.recorded_at is '记录时间';

create table registration_application (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  unit_id uuid,
  instance_id uuid not null,
  purpose text not null constraint registration_application_purpose_check check (purpose in ('registration', 'change', 'deregistration')),
  name text not null,
  kind text not null,
  receipt text collate "C" not null,
  applicant text not null,
  facts jsonb not null,
  gaps jsonb not null default '[]',
  submitted_on date,
  accepted_on date,
  decide_by date,
  decided_on date,
  recorded_at timestamptz not null,
  constraint registration_application_pkey primary key (home_code, id)
);
comment on table registration_application is '登记申请 — an application for registration, change or deregistration, with what was submitted';
comment on column registration_application.home_code is '存储归属';
comment on column registration_application.id is '申请编号 — the subject of its procedure';
comment on column registration_application.division_code is '所属区划';
comment on column registration_application.organisation_id is '社会组织 — of a new organisation, known once registered';
comment on column registration_application.unit_id is '业务主管单位';
comment on column registration_application.instance_id is '程序';
comment on column registration_application.purpose is '申请事项 — registration, change or deregistration';
comment on column registration_application.name is '申请名称';
comment on column registration_application.kind is '类别';
comment on column registration_application.receipt is '申请回执号 — given to the applicant';
comment on column registration_application.applicant is '申请人 — founder or organisation, as it may be shown';
comment on column registration_application.facts is '申请内容';
comment on column registration_application.gaps is '补正事项 — told once, all together';
comment on column registration_application.submitted_on is '提交日期';
comment on column registration_application.accepted_on is '受理日期';
comment on column registration_application.decide_by is '决定期限';
comment on column registration_application.decided_on is '决定日期';
comment on column registration_application.recorded_at is '记录时间';
create index registration_application_scope_idx on registration_application (division_code, recorded_at, id);
create index registration_application_organisation_idx on registration_application (organisation_id, recorded_at);
create index registration_application_receipt_idx on registration_application (receipt);

create table unit_consent (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  unit_id uuid,
  application_id uuid not null,
  unit_name text not null,
  consented boolean not null,
  decided_on date not null,
  opinion text,
  file_id uuid,
  recorded_at timestamptz not null,
  constraint unit_consent_pkey primary key (home_code, id)
);
comment on table unit_consent is '业务主管单位审查意见 — consent or refusal of the supervisory unit, per application';
comment on column unit_consent.home_code is '存储归属';
comment on column unit_consent.id is '编号';
comment on column unit_consent.division_code is '所属区划';
comment on column unit_consent.organisation_id is '社会组织';
comment on column unit_consent.unit_id is '业务主管单位';
comment on column unit_consent.application_id is '申请';
comment on column unit_consent.unit_name is '业务主管单位名称';
comment on column unit_consent.consented is '是否同意';
comment on column unit_consent.decided_on is '审查日期';
comment on column unit_consent.opinion is '意见';
comment on column unit_consent.file_id is '批复文件';
comment on column unit_consent.recorded_at is '记录时间';
create index unit_consent_application_idx on unit_consent (application_id, decided_on);

create table community_confirmation (
  home_code text collate "C" not null,
  organisation_id uuid not null,
  year integer not null,
  division_code text collate "C" not null,
  confirmed_on date not null,
  active boolean not null,
  members integer,
  note text,
  constraint community_confirmation_pkey primary key (home_code, organisation_id, year)
);
comment on table community_confirmation is '社区社会组织年度确认 — the street or township confirms once a year that a filed organisation is still active';
comment on column community_confirmation.home_code is '存储归属';
comment on column community_confirmation.organisation_id is '社会组织';
comment on column community_confirmation.year is '年度';
comment on column community_confirmation.division_code is '所属区划';
comment on column community_confirmation.confirmed_on is '确认日期';
comment on column community_confirmation.active is '是否仍在活动';
comment on column community_confirmation.members is '成员数';
comment on column community_confirmation.note is '说明';
