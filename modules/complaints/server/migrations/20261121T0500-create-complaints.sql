-- Complaints from the public portal (handbook A21, receipt part). Three tables, so that the door which anybody may use
-- can write all of them and read back nothing but its own receipt.

create table complaint (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  number text not null,
  about text not null constraint complaint_about_check check (about in ('organisation', 'other')),
  organisation_id uuid,
  organisation_code text,
  organisation_name text,
  text text not null,
  state text not null constraint complaint_state_check check (state in ('received', 'accepted', 'not_ours', 'replied')),
  procedure_id uuid not null,
  received_at timestamptz not null,
  received_on date not null,
  due_on date not null,
  accepted_on date,
  answered_on date,
  responsible text,
  answer text,
  updated_at timestamptz not null,
  constraint complaint_pkey primary key (home_code, id)
);
comment on table complaint is '投诉举报 — what somebody reported; who sent it stands sealed in sealed_field, under this id';
comment on column complaint.home_code is '存储归属';
comment on column complaint.id is '编号 — UUIDv7, newest last';
comment on column complaint.division_code is '管辖区划 — of the registrar of the organisation, or the root authority';
comment on column complaint.number is '受理编号 — 投2026-000123, one series per installation and year';
comment on column complaint.about is '对象类别 — organisation or other';
comment on column complaint.organisation_id is '被投诉社会组织';
comment on column complaint.organisation_code is '统一社会信用代码 — when it was received';
comment on column complaint.organisation_name is '名称 — when it was received';
comment on column complaint.text is '内容 — as typed; read by staff of the division only';
comment on column complaint.state is '状态';
comment on column complaint.procedure_id is '程序';
comment on column complaint.received_at is '收到时间';
comment on column complaint.received_on is '收到日期';
comment on column complaint.due_on is '受理期限 — last day';
comment on column complaint.accepted_on is '受理日期';
comment on column complaint.answered_on is '答复或告知日期';
comment on column complaint.responsible is '有权处理机关 — when it is not ours';
comment on column complaint.answer is '答复内容';
comment on column complaint.updated_at is '更新时间';
create index complaint_list_idx on complaint (division_code, id);
create index complaint_organisation_idx on complaint (organisation_id, id);

create table complaint_receipt (
  home_code text collate "C" not null,
  id uuid not null,
  receipt text collate "C" not null,
  number text not null,
  about text not null,
  organisation_name text,
  state text not null,
  received_on date not null,
  due_on date not null,
  accepted_on date,
  answered_on date,
  responsible text,
  answer text,
  constraint complaint_receipt_pkey primary key (home_code, id)
);
comment on table complaint_receipt is '投诉举报回执 — what the sender may read again, by the secret on the receipt; no staff role reads this table';
comment on column complaint_receipt.home_code is '存储归属';
comment on column complaint_receipt.id is '投诉举报编号';
comment on column complaint_receipt.receipt is '查询码 — 16 random signs, known to the sender only';
comment on column complaint_receipt.number is '受理编号';
comment on column complaint_receipt.about is '对象类别';
comment on column complaint_receipt.organisation_name is '被投诉社会组织名称';
comment on column complaint_receipt.state is '状态 — copied from the complaint';
comment on column complaint_receipt.received_on is '收到日期';
comment on column complaint_receipt.due_on is '受理期限';
comment on column complaint_receipt.accepted_on is '受理日期';
comment on column complaint_receipt.answered_on is '答复或告知日期';
comment on column complaint_receipt.responsible is '有权处理机关';
comment on column complaint_receipt.answer is '答复内容';
create index complaint_receipt_receipt_idx on complaint_receipt (receipt);

create table complaint_number (
  home_code text collate "C" not null,
  year integer not null,
  seq integer not null,
  taken_at timestamptz not null,
  constraint complaint_number_pkey primary key (home_code, year, seq)
);
comment on table complaint_number is '投诉举报编号序列 — numbers taken, one row each: the intake door may add one but change none';
comment on column complaint_number.home_code is '存储归属 — of the root authority';
comment on column complaint_number.year is '年份';
comment on column complaint_number.seq is '序号';
comment on column complaint_number.taken_at is '取号时间';
