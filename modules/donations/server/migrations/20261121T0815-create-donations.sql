-- Donations (handbook M5, appendix F): what was promised, what was given and by whom, what it was used for, and who agreed to
-- another use. Amounts and pieces themselves stand in the ledger; these rows say what an entry of it means. A promise, the value
-- of goods and cash are columns of their own and are never added.

create table donation_programme (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  name text not null,
  purpose text not null,
  budget_fen bigint not null,
  planned_fen bigint not null,
  event text,
  created_at timestamptz not null,
  constraint donation_programme_pkey primary key (home_code, id),
  constraint donation_programme_budget_check check (planned_fen >= 0 and planned_fen <= budget_fen)
);
comment on table donation_programme is '捐赠项目 — a programme with its budget';
comment on column donation_programme.home_code is '存储归属';
comment on column donation_programme.id is '编号';
comment on column donation_programme.division_code is '管辖区划';
comment on column donation_programme.organisation_id is '执行组织 — empty: the office itself';
comment on column donation_programme.name is '项目名称';
comment on column donation_programme.purpose is '用途';
comment on column donation_programme.budget_fen is '预算';
comment on column donation_programme.planned_fen is '已列入批次 — never more than the budget';
comment on column donation_programme.event is '应急事件';
comment on column donation_programme.created_at is '建立时间';
create index donation_programme_list_idx on donation_programme (division_code, id);

create table donation_batch (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  programme_id uuid not null,
  unit_value_fen bigint not null,
  total_fen bigint not null,
  ranked jsonb not null,
  left_out jsonb not null,
  decision_id uuid not null,
  planned_on date not null,
  constraint donation_batch_pkey primary key (home_code, id)
);
comment on table donation_batch is '捐赠批次 — who is served in which order, and why';
comment on column donation_batch.home_code is '存储归属';
comment on column donation_batch.id is '编号';
comment on column donation_batch.division_code is '管辖区划';
comment on column donation_batch.organisation_id is '执行组织';
comment on column donation_batch.programme_id is '项目';
comment on column donation_batch.unit_value_fen is '单份价值';
comment on column donation_batch.total_fen is '合计 — count times unit';
comment on column donation_batch.ranked is '排序结果 — with the flags that led to it';
comment on column donation_batch.left_out is '未列入 — already served, or beyond the budget';
comment on column donation_batch.decision_id is '决定依据';
comment on column donation_batch.planned_on is '编制日期';
create index donation_batch_list_idx on donation_batch (division_code, programme_id, id);

create table donation_pledge (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  donor_name text not null,
  agreement text,
  pledged_text text not null,
  pledged_fen bigint,
  pledged_lower_fen bigint,
  pledged_upper_fen bigint,
  purpose text not null,
  pledged_on date not null,
  due_on date,
  received_cash_fen bigint not null,
  received_goods_value_fen bigint not null,
  created_at timestamptz not null,
  constraint donation_pledge_pkey primary key (home_code, id)
);
comment on table donation_pledge is '认捐 — a promise; no money, and never added to any';
comment on column donation_pledge.home_code is '存储归属';
comment on column donation_pledge.id is '编号';
comment on column donation_pledge.division_code is '管辖区划';
comment on column donation_pledge.organisation_id is '受赠组织';
comment on column donation_pledge.donor_name is '认捐人';
comment on column donation_pledge.agreement is '捐赠协议';
comment on column donation_pledge.pledged_text is '认捐数额 — as it was said';
comment on column donation_pledge.pledged_fen is '认捐金额 — where it is exact';
comment on column donation_pledge.pledged_lower_fen is '下限';
comment on column donation_pledge.pledged_upper_fen is '上限';
comment on column donation_pledge.purpose is '用途';
comment on column donation_pledge.pledged_on is '认捐日期';
comment on column donation_pledge.due_on is '约定交付日';
comment on column donation_pledge.received_cash_fen is '已到账现金';
comment on column donation_pledge.received_goods_value_fen is '已到物资价值 — beside cash, never with it';
comment on column donation_pledge.created_at is '建立时间';
create index donation_pledge_list_idx on donation_pledge (division_code, id);

create table donation (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  recipient_name text not null,
  receipt text collate "C" not null,
  kind text not null constraint donation_kind_check check (kind in ('cash', 'goods')),
  state text not null constraint donation_state_check check (state in ('recorded', 'corrected')),
  donor_kind text not null constraint donation_donor_check check (donor_kind in ('organisation', 'person', 'anonymous', 'aggregate')),
  donor_name text,
  donor_count integer not null,
  publish_donor boolean not null,
  payer_name text,
  forwarder_name text,
  amount_fen bigint,
  item text,
  spec text,
  unit text,
  quantity bigint,
  value_fen bigint,
  valuation text,
  purpose text not null,
  restricted boolean not null,
  event text,
  donated_on date not null,
  receipt_state text not null constraint donation_receipt_check check (receipt_state in ('due', 'issued', 'waived', 'anonymous')),
  waiver text,
  document_id uuid,
  document_number text,
  programme_id uuid,
  pledge_id uuid,
  agreement text,
  entry_id uuid not null,
  corrects uuid,
  corrected_by uuid,
  correction_reason text,
  fingerprint text collate "C" not null,
  source_id uuid,
  note text,
  version integer not null,
  recorded_at timestamptz not null,
  constraint donation_pkey primary key (home_code, id),
  constraint donation_one_column_check check ((kind = 'cash') = (amount_fen is not null) and (kind = 'goods') = (quantity is not null))
);
comment on table donation is '捐赠 — one gift of cash or of goods';
comment on column donation.home_code is '存储归属';
comment on column donation.id is '编号';
comment on column donation.division_code is '管辖区划';
comment on column donation.organisation_id is '受赠组织 — empty: the office itself';
comment on column donation.recipient_name is '受赠人名称';
comment on column donation.receipt is '查询号 — given to the donor; whoever has it may ask where the gift is';
comment on column donation.kind is '款物类别';
comment on column donation.state is '状态';
comment on column donation.donor_kind is '捐赠人类别 — aggregate: many small gifts as one published line';
comment on column donation.donor_name is '捐赠人';
comment on column donation.donor_count is '笔数';
comment on column donation.publish_donor is '同意公开姓名 — by the donor';
comment on column donation.payer_name is '付款人';
comment on column donation.forwarder_name is '转交人';
comment on column donation.amount_fen is '现金金额';
comment on column donation.item is '品名';
comment on column donation.spec is '规格';
comment on column donation.unit is '计量单位';
comment on column donation.quantity is '数量';
comment on column donation.value_fen is '物资价值 — beside the pieces, never with cash';
comment on column donation.valuation is '计价依据';
comment on column donation.purpose is '用途 — as agreed';
comment on column donation.restricted is '限定用途';
comment on column donation.event is '应急事件';
comment on column donation.donated_on is '捐赠日期';
comment on column donation.receipt_state is '票据状态';
comment on column donation.waiver is '放弃票据说明';
comment on column donation.document_id is '票据文书';
comment on column donation.document_number is '票据编号';
comment on column donation.programme_id is '项目';
comment on column donation.pledge_id is '认捐';
comment on column donation.agreement is '捐赠协议';
comment on column donation.entry_id is '台账分录';
comment on column donation.corrects is '更正的原记录';
comment on column donation.corrected_by is '更正后的记录';
comment on column donation.correction_reason is '更正原因';
comment on column donation.fingerprint is '指纹 — by which the same line published twice is recognised';
comment on column donation.source_id is '导入批次';
comment on column donation.note is '备注';
comment on column donation.version is '版本';
comment on column donation.recorded_at is '登记时间';
create unique index donation_receipt_idx on donation (receipt, home_code);
create index donation_list_idx on donation (division_code, donated_on, id);
create index donation_organisation_idx on donation (organisation_id, donated_on, id);
create index donation_fingerprint_idx on donation (home_code, fingerprint);
create index donation_source_idx on donation (source_id, id) where source_id is not null;

create table donation_use (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  owner_name text not null,
  kind text not null constraint donation_use_kind_check check (kind in ('cash', 'goods')),
  amount_fen bigint,
  item text,
  spec text,
  unit text,
  quantity bigint,
  purpose text not null,
  recipient text,
  description text not null,
  event text,
  programme_id uuid,
  used_on date not null,
  entry_id uuid not null,
  state text not null constraint donation_use_state_check check (state in ('recorded', 'corrected')),
  correction_reason text,
  recorded_at timestamptz not null,
  constraint donation_use_pkey primary key (home_code, id)
);
comment on table donation_use is '捐赠使用 — what gifts were spent or handed out for';
comment on column donation_use.home_code is '存储归属';
comment on column donation_use.id is '编号';
comment on column donation_use.division_code is '管辖区划';
comment on column donation_use.organisation_id is '使用组织';
comment on column donation_use.owner_name is '使用单位名称';
comment on column donation_use.kind is '款物类别';
comment on column donation_use.amount_fen is '金额';
comment on column donation_use.item is '品名';
comment on column donation_use.spec is '规格';
comment on column donation_use.unit is '计量单位';
comment on column donation_use.quantity is '数量';
comment on column donation_use.purpose is '用途';
comment on column donation_use.recipient is '受益单位 — never a person';
comment on column donation_use.description is '使用说明';
comment on column donation_use.event is '应急事件';
comment on column donation_use.programme_id is '项目';
comment on column donation_use.used_on is '使用日期';
comment on column donation_use.entry_id is '台账分录';
comment on column donation_use.state is '状态';
comment on column donation_use.correction_reason is '更正原因';
comment on column donation_use.recorded_at is '登记时间';
create index donation_use_list_idx on donation_use (division_code, used_on, id);

create table donation_purpose_change (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  from_purpose text not null,
  to_purpose text not null,
  amount_fen bigint not null,
  basis text not null constraint donation_purpose_change_basis_check check (basis in ('donor-consent', 'refiled', 'surplus')),
  evidence text not null,
  decision_id uuid not null,
  changed_on date not null,
  recorded_at timestamptz not null,
  constraint donation_purpose_change_pkey primary key (home_code, id)
);
comment on table donation_purpose_change is '捐赠用途变更 — who agreed to another use, and on what evidence';
comment on column donation_purpose_change.home_code is '存储归属';
comment on column donation_purpose_change.id is '编号';
comment on column donation_purpose_change.division_code is '管辖区划';
comment on column donation_purpose_change.organisation_id is '受赠组织';
comment on column donation_purpose_change.from_purpose is '原用途';
comment on column donation_purpose_change.to_purpose is '新用途';
comment on column donation_purpose_change.amount_fen is '金额';
comment on column donation_purpose_change.basis is '依据';
comment on column donation_purpose_change.evidence is '凭据 — consent, filing number, or resolution';
comment on column donation_purpose_change.decision_id is '决定依据';
comment on column donation_purpose_change.changed_on is '变更日期';
comment on column donation_purpose_change.recorded_at is '登记时间';
create index donation_purpose_change_list_idx on donation_purpose_change (division_code, id);

create table donation_total (
  home_code text collate "C" not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  year integer not null,
  figures jsonb not null,
  published_on date not null,
  constraint donation_total_pkey primary key (home_code, division_code, year)
);
comment on table donation_total is '已公开捐赠合计 — the frozen figures of a division and year, as they were published last';
comment on column donation_total.home_code is '存储归属';
comment on column donation_total.division_code is '区划';
comment on column donation_total.organisation_id is '社会组织 — always empty: totals are of divisions';
comment on column donation_total.year is '年度';
comment on column donation_total.figures is '数据';
comment on column donation_total.published_on is '公开日期';
