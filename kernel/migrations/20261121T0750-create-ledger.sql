-- The ledger noun: double entry over accounts of one owner, one asset and one purpose, for money in fen, goods in pieces and,
-- later, points. Entries and postings are only ever added. Each posting knows which stretch of its account's inflow or
-- outflow it is (mark_from to mark_to, per shard), so that first-in-first-out needs no lots: a path is found by comparing stretches.
-- A balance stands in up to 8 rows of which a writer locks one, so that many can post to one popular account at once.

create table ledger_account (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  natural_key text collate "C" not null,
  owner_kind text not null constraint ledger_account_owner_check check (owner_kind in ('organisation', 'office', 'care_home', 'outside')),
  owner_id uuid,
  owner_name text not null,
  kind text not null,
  asset text not null,
  asset_name text not null,
  unit text not null,
  purpose text not null,
  purpose_name text not null,
  restricted boolean not null,
  may_go_negative boolean not null,
  tracked boolean not null,
  shards smallint not null constraint ledger_account_shards_check check (shards >= 1 and shards <= 8),
  opened_on date not null,
  closed_on date,
  created_at timestamptz not null,
  constraint ledger_account_pkey primary key (home_code, id),
  constraint ledger_account_natural_key_key unique (home_code, natural_key)
);
comment on table ledger_account is '台账账户 — one owner, one asset, one purpose';
comment on column ledger_account.home_code is '存储归属';
comment on column ledger_account.id is '编号';
comment on column ledger_account.division_code is '管辖区划';
comment on column ledger_account.organisation_id is '社会组织 — whose own account it is';
comment on column ledger_account.natural_key is '自然键 — owner, kind, asset and purpose: two openings give one account';
comment on column ledger_account.owner_kind is '所有者类别 — outside: donors and everybody beyond the ledger';
comment on column ledger_account.owner_id is '所有者';
comment on column ledger_account.owner_name is '所有者名称 — when it was opened';
comment on column ledger_account.kind is '账户类别 — source, fund, stock, spent and what rooms name';
comment on column ledger_account.asset is '资产 — CNY, or goods: with name, specification and unit';
comment on column ledger_account.asset_name is '资产名称';
comment on column ledger_account.unit is '单位 — fen, or the unit goods are counted in';
comment on column ledger_account.purpose is '用途键 — empty: no particular purpose';
comment on column ledger_account.purpose_name is '用途';
comment on column ledger_account.restricted is '限定用途 — may leave its purpose only by a recorded change';
comment on column ledger_account.may_go_negative is '可为负 — the source side of gifts; nothing else';
comment on column ledger_account.tracked is '逐件编号 — every piece is named by its number';
comment on column ledger_account.shards is '分片数 — rows its balance stands in';
comment on column ledger_account.opened_on is '启用日 — no posting may be dated before it';
comment on column ledger_account.closed_on is '停用日';
comment on column ledger_account.created_at is '建立时间';
create index ledger_account_list_idx on ledger_account (division_code, owner_name, id);
create index ledger_account_organisation_idx on ledger_account (organisation_id, id);

create table ledger_entry (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  asset text not null,
  effective_on date not null,
  recorded_at timestamptz not null,
  cause text not null,
  subject_id uuid,
  evidence jsonb not null,
  command text not null,
  request_id text not null,
  actor_id uuid,
  correction_of uuid,
  purpose_change uuid,
  constraint ledger_entry_pkey primary key (home_code, id)
);
comment on table ledger_entry is '台账分录 — one movement of one asset, with its cause; never changed';
comment on column ledger_entry.home_code is '存储归属';
comment on column ledger_entry.id is '编号';
comment on column ledger_entry.division_code is '管辖区划';
comment on column ledger_entry.organisation_id is '社会组织';
comment on column ledger_entry.asset is '资产 — one entry moves one asset: money and goods are never mixed';
comment on column ledger_entry.effective_on is '发生日期';
comment on column ledger_entry.recorded_at is '记账时间';
comment on column ledger_entry.cause is '事由 — code of the room that posted it';
comment on column ledger_entry.subject_id is '事项 — the donation, use or shipment it belongs to';
comment on column ledger_entry.evidence is '凭据';
comment on column ledger_entry.command is '操作';
comment on column ledger_entry.request_id is '请求编号';
comment on column ledger_entry.actor_id is '操作人';
comment on column ledger_entry.correction_of is '更正 — the entry this one takes back';
comment on column ledger_entry.purpose_change is '用途变更 — the recorded change that lets money leave its purpose';
create index ledger_entry_subject_idx on ledger_entry (subject_id, id) where subject_id is not null;
create unique index ledger_entry_correction_idx on ledger_entry (home_code, correction_of) where correction_of is not null;
create index ledger_entry_division_idx on ledger_entry (division_code, id);

create table ledger_posting (
  home_code text collate "C" not null,
  entry_id uuid not null,
  line smallint not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  account_id uuid not null,
  shard smallint not null,
  effective_on date not null,
  amount bigint not null constraint ledger_posting_amount_check check (amount <> 0),
  mark_from bigint not null,
  mark_to bigint not null,
  constraint ledger_posting_pkey primary key (home_code, entry_id, line)
);
comment on table ledger_posting is '台账明细 — one side of an entry; never changed';
comment on column ledger_posting.home_code is '存储归属';
comment on column ledger_posting.entry_id is '分录';
comment on column ledger_posting.line is '行号';
comment on column ledger_posting.division_code is '管辖区划';
comment on column ledger_posting.organisation_id is '社会组织';
comment on column ledger_posting.account_id is '账户';
comment on column ledger_posting.shard is '分片';
comment on column ledger_posting.effective_on is '发生日期 — of its entry';
comment on column ledger_posting.amount is '数额 — more than nought: in; less: out; the lines of an entry add up to nought';
comment on column ledger_posting.mark_from is '起位 — where on the shard''s inflow or outflow this amount begins';
comment on column ledger_posting.mark_to is '止位 — where it ends, exclusive';
create index ledger_posting_path_idx on ledger_posting (account_id, shard, (amount > 0), mark_to);
create index ledger_posting_account_idx on ledger_posting (account_id, entry_id, line, division_code);

create table ledger_balance (
  home_code text collate "C" not null,
  account_id uuid not null,
  shard smallint not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  in_total bigint not null,
  out_total bigint not null,
  balance bigint not null,
  constraint ledger_balance_pkey primary key (home_code, account_id, shard),
  constraint ledger_balance_sum_check check (balance = in_total - out_total)
) with (fillfactor = 50);
comment on table ledger_balance is '台账余额 — kept in the transaction of every posting, spread over shards';
comment on column ledger_balance.home_code is '存储归属';
comment on column ledger_balance.account_id is '账户';
comment on column ledger_balance.shard is '分片';
comment on column ledger_balance.division_code is '管辖区划';
comment on column ledger_balance.organisation_id is '社会组织';
comment on column ledger_balance.in_total is '累计收入 — length of the shard''s inflow';
comment on column ledger_balance.out_total is '累计支出 — length of its outflow';
comment on column ledger_balance.balance is '余额';

create table ledger_total (
  home_code text collate "C" not null,
  account_id uuid not null,
  grain text collate "C" not null constraint ledger_total_grain_check check (grain in ('day', 'month')),
  starts_on date not null,
  shard smallint not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  amount bigint not null,
  constraint ledger_total_pkey primary key (home_code, account_id, grain, starts_on, shard)
) with (fillfactor = 50);
comment on table ledger_total is '台账日月发生额 — net of a day and of a month, from which the balance of any date is added up';
comment on column ledger_total.home_code is '存储归属';
comment on column ledger_total.account_id is '账户';
comment on column ledger_total.grain is '粒度';
comment on column ledger_total.starts_on is '起始日 — the day, or the first of the month';
comment on column ledger_total.shard is '分片';
comment on column ledger_total.division_code is '管辖区划';
comment on column ledger_total.organisation_id is '社会组织';
comment on column ledger_total.amount is '净发生额';

create table ledger_void (
  home_code text collate "C" not null,
  entry_id uuid not null,
  line smallint not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  account_id uuid not null,
  shard smallint not null,
  inflow boolean not null,
  mark_from bigint not null,
  mark_to bigint not null,
  constraint ledger_void_pkey primary key (home_code, entry_id, line)
);
comment on table ledger_void is '冲销区段 — stretches that a correction took out: both of the wrong entry and of the one that takes it back; paths skip them';
comment on column ledger_void.home_code is '存储归属';
comment on column ledger_void.entry_id is '分录';
comment on column ledger_void.line is '行号';
comment on column ledger_void.division_code is '管辖区划';
comment on column ledger_void.organisation_id is '社会组织';
comment on column ledger_void.account_id is '账户';
comment on column ledger_void.shard is '分片';
comment on column ledger_void.inflow is '收入侧';
comment on column ledger_void.mark_from is '起位';
comment on column ledger_void.mark_to is '止位';
create index ledger_void_account_idx on ledger_void (account_id, shard, mark_from);

create table ledger_serial (
  home_code text collate "C" not null,
  asset text collate "C" not null,
  serial_no text collate "C" not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  account_id uuid not null,
  entry_id uuid not null,
  constraint ledger_serial_pkey primary key (home_code, asset, serial_no)
);
comment on table ledger_serial is '逐件位置 — where each numbered piece stands now';
comment on column ledger_serial.home_code is '存储归属';
comment on column ledger_serial.asset is '资产';
comment on column ledger_serial.serial_no is '编号 — of the piece, as on its plate';
comment on column ledger_serial.division_code is '管辖区划';
comment on column ledger_serial.organisation_id is '社会组织';
comment on column ledger_serial.account_id is '所在账户';
comment on column ledger_serial.entry_id is '最近分录';
create index ledger_serial_account_idx on ledger_serial (account_id, serial_no);

create table ledger_serial_move (
  home_code text collate "C" not null,
  asset text collate "C" not null,
  serial_no text collate "C" not null,
  entry_id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  from_account uuid not null,
  to_account uuid not null,
  effective_on date not null,
  constraint ledger_serial_move_pkey primary key (home_code, asset, serial_no, entry_id)
);
comment on table ledger_serial_move is '逐件流转 — every move of a numbered piece';
comment on column ledger_serial_move.home_code is '存储归属';
comment on column ledger_serial_move.asset is '资产';
comment on column ledger_serial_move.serial_no is '编号';
comment on column ledger_serial_move.entry_id is '分录';
comment on column ledger_serial_move.division_code is '管辖区划';
comment on column ledger_serial_move.organisation_id is '社会组织';
comment on column ledger_serial_move.from_account is '转出账户';
comment on column ledger_serial_move.to_account is '转入账户';
comment on column ledger_serial_move.effective_on is '发生日期';
create index ledger_serial_move_entry_idx on ledger_serial_move (home_code, entry_id);
