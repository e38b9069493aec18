-- The annual inspection: opened years, one report per organisation and year, and the runs that mark reports overdue.
-- Taken on an empty database, no lock matters. Opening a year inserts a report for every organisation of the country in
-- one go, so the report keeps few indexes and everything not yet filled in is null.

create table inspection_year (
  home_code text collate "C" not null,
  year integer not null,
  division_code text collate "C" not null,
  cut_off_on date not null,
  state text collate "C" not null constraint inspection_year_state_check check (state in ('opening', 'open')),
  opened_at timestamptz not null,
  opened_by uuid,
  owed integer not null default 0,
  undated integer not null default 0,
  charities integer not null default 0,
  too_young integer not null default 0,
  constraint inspection_year_pkey primary key (home_code, year)
);
comment on table inspection_year is '年检年度 — a year opened for inspection by one registration authority';
comment on column inspection_year.home_code is '存储归属';
comment on column inspection_year.year is '年检年度 — the year reported on';
comment on column inspection_year.division_code is '所属区划';
comment on column inspection_year.cut_off_on is '社会团体参检登记截止日 — registered on or before it';
comment on column inspection_year.state is '状态 — opening while a job still adds reports, then open';
comment on column inspection_year.opened_at is '开启时间';
comment on column inspection_year.opened_by is '开启人';
comment on column inspection_year.owed is '应参检数 — reports opened';
comment on column inspection_year.undated is '登记日期不明数 — left out until a person decides';
comment on column inspection_year.charities is '按慈善法报送年报的慈善组织数 — not inspected';
comment on column inspection_year.too_young is '截止日后登记、当年免检数';

create table inspection_report (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid not null,
  unit_id uuid,
  year integer not null,
  organisation_name text not null,
  organisation_code text collate "C",
  sort_key text collate "C" not null,
  kind text collate "C" not null constraint inspection_report_kind_check
    check (kind in ('social_group', 'social_service_institution', 'foundation')),
  state text collate "C" not null,
  source text collate "C" not null default 'opened' constraint inspection_report_source_check check (source in ('opened', 'recorded')),
  unit_due_on date,
  due_on date not null,
  instance_id uuid,
  donation_income_fen bigint,
  membership_income_fen bigint,
  service_income_fen bigint,
  sales_income_fen bigint,
  government_income_fen bigint,
  investment_income_fen bigint,
  other_income_fen bigint,
  income_total_fen bigint,
  cash_donations_fen bigint,
  domestic_cash_donations_fen bigint,
  in_kind_donations_fen bigint,
  charity_spend_fen bigint,
  salaries_fen bigint,
  admin_fen bigint,
  fundraising_fen bigint,
  other_spend_fen bigint,
  spend_total_fen bigint,
  assets_start_fen bigint,
  assets_end_fen bigint,
  liabilities_end_fen bigint,
  net_assets_start_fen bigint,
  net_assets_end_fen bigint,
  last_year_income_fen bigint,
  donation_average_fen bigint,
  activity_count integer,
  staff_full_time integer,
  staff_part_time integer,
  party_organisation text,
  party_members integer,
  foreign_contacts text,
  details jsonb not null default '{}',
  draft jsonb,
  draft_at timestamptz,
  with_unit_on date,
  unit_consent_on date,
  unit_opinion text,
  submitted_at timestamptz,
  filed_on date,
  late boolean not null default false,
  findings jsonb not null default '[]',
  finding_count integer not null default 0,
  ratio_decision_id uuid,
  arithmetic_decision_id uuid,
  correction_used boolean not null default false,
  correction_due_on date,
  correction_gaps jsonb,
  conclusion text collate "C" constraint inspection_report_conclusion_check check (conclusion in ('passed', 'basic', 'failed')),
  concluded_on date,
  concluded_by uuid,
  conclusion_document_id uuid,
  rectification_due_on date,
  rectification_items jsonb,
  rectification_document_id uuid,
  rectification_reported_on date,
  rectification_text text,
  rectified_on date,
  overdue_on date,
  overdue_from text collate "C",
  overdue_run_id uuid,
  published_on date,
  version integer not null default 1,
  updated_at timestamptz not null,
  constraint inspection_report_pkey primary key (home_code, id),
  constraint inspection_report_organisation_year_key unique (home_code, organisation_id, year)
);
comment on table inspection_report is '年度工作报告 — one per organisation and year, from the duty to report to the published conclusion';
comment on column inspection_report.home_code is '存储归属';
comment on column inspection_report.id is '报告编号 — UUIDv7';
comment on column inspection_report.division_code is '所属区划';
comment on column inspection_report.organisation_id is '社会组织';
comment on column inspection_report.unit_id is '业务主管单位 — null = 直接登记, the report goes straight to the registrar';
comment on column inspection_report.year is '年检年度 — the year reported on';
comment on column inspection_report.organisation_name is '名称 — as the year was opened';
comment on column inspection_report.organisation_code is '统一社会信用代码';
comment on column inspection_report.sort_key is '排序键 — pinyin of the name';
comment on column inspection_report.kind is '类别';
comment on column inspection_report.state is '状态 — of the procedure annual-inspection.report';
comment on column inspection_report.source is '来源 — opened by the inspection, or recorded from an older paper report';
comment on column inspection_report.unit_due_on is '报业务主管单位期限 — last day; null = none';
comment on column inspection_report.due_on is '报登记管理机关期限 — last day';
comment on column inspection_report.instance_id is '程序实例 — null until the first act';
comment on column inspection_report.donation_income_fen is '捐赠收入（分）';
comment on column inspection_report.membership_income_fen is '会费收入（分）';
comment on column inspection_report.service_income_fen is '提供服务收入（分）';
comment on column inspection_report.sales_income_fen is '商品销售收入（分）';
comment on column inspection_report.government_income_fen is '政府补助收入（分）';
comment on column inspection_report.investment_income_fen is '投资收益（分） — may be negative';
comment on column inspection_report.other_income_fen is '其他收入（分）';
comment on column inspection_report.income_total_fen is '收入合计（分）';
comment on column inspection_report.cash_donations_fen is '现金捐赠（分）';
comment on column inspection_report.domestic_cash_donations_fen is '其中境内现金捐赠（分）';
comment on column inspection_report.in_kind_donations_fen is '非现金捐赠（分）';
comment on column inspection_report.charity_spend_fen is '业务活动（公益慈善）支出（分）';
comment on column inspection_report.salaries_fen is '工作人员工资福利支出（分）';
comment on column inspection_report.admin_fen is '行政办公支出（分）';
comment on column inspection_report.fundraising_fen is '筹资费用（分）';
comment on column inspection_report.other_spend_fen is '其他支出（分） — negative where gains are booked there';
comment on column inspection_report.spend_total_fen is '支出合计（分）';
comment on column inspection_report.assets_start_fen is '年初总资产（分）';
comment on column inspection_report.assets_end_fen is '年末总资产（分）';
comment on column inspection_report.liabilities_end_fen is '年末负债（分）';
comment on column inspection_report.net_assets_start_fen is '上年末净资产（分）';
comment on column inspection_report.net_assets_end_fen is '年末净资产（分）';
comment on column inspection_report.last_year_income_fen is '上年总收入（分）';
comment on column inspection_report.donation_average_fen is '前三年捐赠收入平均数（分）';
comment on column inspection_report.activity_count is '开展活动次数';
comment on column inspection_report.staff_full_time is '专职人数';
comment on column inspection_report.staff_part_time is '兼职人数';
comment on column inspection_report.party_organisation is '党组织 — established, joint or none';
comment on column inspection_report.party_members is '党员人数';
comment on column inspection_report.foreign_contacts is '涉外活动';
comment on column inspection_report.details is '明细 — activities, penalties, attachments, without personal data';
comment on column inspection_report.draft is '草稿 — as the organisation left it';
comment on column inspection_report.draft_at is '草稿保存时间';
comment on column inspection_report.with_unit_on is '报送业务主管单位日期';
comment on column inspection_report.unit_consent_on is '业务主管单位同意日期';
comment on column inspection_report.unit_opinion is '业务主管单位初审意见';
comment on column inspection_report.submitted_at is '最近提交时间';
comment on column inspection_report.filed_on is '报送登记管理机关日期';
comment on column inspection_report.late is '是否逾期报送';
comment on column inspection_report.findings is '发现的问题 — list of {code, severity, facts}';
comment on column inspection_report.finding_count is '发现的问题数';
comment on column inspection_report.ratio_decision_id is '比例判断';
comment on column inspection_report.arithmetic_decision_id is '勾稽判断';
comment on column inspection_report.correction_used is '是否已补正一次';
comment on column inspection_report.correction_due_on is '补正期限 — last day';
comment on column inspection_report.correction_gaps is '一次性告知的补正事项';
comment on column inspection_report.conclusion is '年检结论 — passed, basic or failed';
comment on column inspection_report.concluded_on is '作出结论日期';
comment on column inspection_report.concluded_by is '结论人';
comment on column inspection_report.conclusion_document_id is '年检结论通知';
comment on column inspection_report.rectification_due_on is '整改期限 — last day';
comment on column inspection_report.rectification_items is '责令整改事项';
comment on column inspection_report.rectification_document_id is '责令改正通知书';
comment on column inspection_report.rectification_reported_on is '整改报告日期';
comment on column inspection_report.rectification_text is '整改报告';
comment on column inspection_report.rectified_on is '整改验收日期';
comment on column inspection_report.overdue_on is '认定逾期日期';
comment on column inspection_report.overdue_from is '逾期前状态 — for reversal';
comment on column inspection_report.overdue_run_id is '逾期批次';
comment on column inspection_report.published_on is '公示日期';
comment on column inspection_report.version is '版本';
comment on column inspection_report.updated_at is '更新时间';
create index inspection_report_state_idx on inspection_report (year, state, sort_key, id, division_code);
create index inspection_report_scope_idx on inspection_report (division_code, year, state, sort_key, id);
create index inspection_report_id_idx on inspection_report (id);
create index inspection_report_unit_idx on inspection_report (unit_id, year, state, sort_key, id) where unit_id is not null;
create index inspection_report_run_idx on inspection_report (overdue_run_id) where overdue_run_id is not null;

create table inspection_overdue_run (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  year integer not null,
  what text collate "C" not null constraint inspection_overdue_run_what_check check (what in ('report', 'rectification')),
  state text collate "C" not null constraint inspection_overdue_run_state_check check (state in ('running', 'stopped', 'done', 'reverted')),
  ran_on date not null,
  most integer not null,
  wanted integer not null,
  marked integer not null default 0,
  reverted integer not null default 0,
  kept integer not null default 0,
  started_by uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  reason text,
  constraint inspection_overdue_run_pkey primary key (home_code, id)
);
comment on table inspection_overdue_run is '逾期认定批次 — one run that marked reports or rectifications overdue; can be stopped and reverted';
comment on column inspection_overdue_run.home_code is '存储归属';
comment on column inspection_overdue_run.id is '批次编号';
comment on column inspection_overdue_run.division_code is '所属区划';
comment on column inspection_overdue_run.year is '年检年度';
comment on column inspection_overdue_run.what is '事项 — report (未报送) or rectification (逾期未整改)';
comment on column inspection_overdue_run.state is '状态';
comment on column inspection_overdue_run.ran_on is '认定日期';
comment on column inspection_overdue_run.most is '上限';
comment on column inspection_overdue_run.wanted is '预览件数';
comment on column inspection_overdue_run.marked is '已认定件数';
comment on column inspection_overdue_run.reverted is '已撤回件数';
comment on column inspection_overdue_run.kept is '撤回时保留件数 — touched since';
comment on column inspection_overdue_run.started_by is '发起人 — null = the system';
comment on column inspection_overdue_run.started_at is '开始时间';
comment on column inspection_overdue_run.finished_at is '结束时间';
comment on column inspection_overdue_run.reason is '停止或撤回理由';
create index inspection_overdue_run_scope_idx on inspection_overdue_run (division_code, started_at, id);
