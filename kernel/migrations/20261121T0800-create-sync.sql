-- Why: phones of workers hold a part of the register and send acts later; what each holds and what could not be written is kept.
-- Three new tables, nothing is locked; expand only.
create table device (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  divisions text[] not null,
  account_id uuid not null,
  person text not null,
  name text not null,
  agent text,
  public_key text not null,
  state text not null default 'active',
  registered_at timestamptz not null,
  seen_at timestamptz not null,
  drift_minutes integer not null default 0,
  unsent integer not null default 0,
  records integer not null default 0,
  last_page integer not null default 0,
  restarting boolean not null default false,
  wipe_ordered_at timestamptz,
  wipe_ordered_by uuid,
  wiped_at timestamptz,
  constraint device_pkey primary key (home_code, id),
  constraint device_state_check check (state in ('active', 'wiping', 'wiped'))
);
comment on table device is '手机 — a phone that works without network: whose it is, its public key, its last contact';
comment on column device.home_code is '存储归属';
comment on column device.id is '手机编号 — made by the phone';
comment on column device.division_code is '所属区划 — of the account that uses it, at its last contact';
comment on column device.divisions is '所管村（社区） — at its last contact';
comment on column device.account_id is '使用人账号';
comment on column device.person is '使用人姓名 — as at the last contact';
comment on column device.name is '手机名称';
comment on column device.agent is '浏览器标识';
comment on column device.public_key is '公钥 — P-256, SubjectPublicKeyInfo in base64; its acts are signed with the private half';
comment on column device.state is '状态 — active, wiping (ordered, the phone does not know), wiped (the phone was told)';
comment on column device.registered_at is '绑定时间';
comment on column device.seen_at is '最近联系时间';
comment on column device.drift_minutes is '时钟偏差 — minutes ahead of the server at the last contact';
comment on column device.unsent is '未上报数 — as the phone said at the last contact';
comment on column device.records is '下发记录数 — what it holds or may hold';
comment on column device.last_page is '最后页号 — of what was sent to it';
comment on column device.restarting is '需重新下发 — it knows pages this server never sent: it forgets its lists and begins again';
comment on column device.wipe_ordered_at is '清除命令时间';
comment on column device.wipe_ordered_by is '清除命令人';
comment on column device.wiped_at is '清除告知时间';
create index device_id_idx on device (id);
create index device_seen_idx on device (division_code, seen_at, id);

create table device_record (
  home_code text collate "C" not null,
  device_id uuid not null,
  type text collate "C" not null,
  record_id uuid not null,
  version text not null,
  page integer,
  gone_page integer,
  changed_at timestamptz not null,
  constraint device_record_pkey primary key (home_code, device_id, type, record_id)
);
comment on table device_record is '手机持有记录 — what a phone holds: the sets are compared, so no cursor of time can miss a late commit';
comment on column device_record.home_code is '存储归属';
comment on column device_record.device_id is '手机编号';
comment on column device_record.type is '记录类别';
comment on column device_record.record_id is '记录编号';
comment on column device_record.version is '下发的版本';
comment on column device_record.page is '下发页号 — null: it may hold this version or an older one, it must be sent again';
comment on column device_record.gone_page is '收回页号 — the page that told it to forget the record';
comment on column device_record.changed_at is '变动时间';

create table held_act (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  device_id uuid not null,
  device_name text not null,
  key text collate "C" not null,
  account_id uuid not null,
  person text not null,
  delivered_by uuid not null,
  operation text not null,
  sealed text not null,
  happened_at timestamptz not null,
  clock_drift integer,
  received_at timestamptz not null,
  contract text not null,
  code text not null,
  facts jsonb not null,
  state text not null default 'waiting',
  settled_at timestamptz,
  settled_by uuid,
  reason text,
  constraint held_act_pkey primary key (home_code, id),
  constraint held_act_state_check check (state in ('waiting', 'applied', 'set-aside'))
);
comment on table held_act is '待处理的离线操作 — an act that could not be written on arrival: nothing of it is lost, a person settles it';
comment on column held_act.home_code is '存储归属 — of the division it was routed to';
comment on column held_act.id is '编号 — follows from the act itself, so the same act is kept once';
comment on column held_act.division_code is '处理区划';
comment on column held_act.device_id is '手机编号';
comment on column held_act.device_name is '手机名称';
comment on column held_act.key is '操作编号 — made by the phone';
comment on column held_act.account_id is '记录人账号';
comment on column held_act.person is '记录人姓名';
comment on column held_act.delivered_by is '上报人账号 — another one when the phone was handed over';
comment on column held_act.operation is '操作';
comment on column held_act.sealed is '密封内容 — the signed act with its input';
comment on column held_act.happened_at is '发生时间 — corrected by the drift of the phone where that was too great';
comment on column held_act.clock_drift is '时钟偏差 — minutes, when the phone could not be taken at its word';
comment on column held_act.received_at is '收到时间';
comment on column held_act.contract is '应用版本';
comment on column held_act.code is '原因代码';
comment on column held_act.facts is '原因要素';
comment on column held_act.state is '状态 — waiting, applied, set-aside';
comment on column held_act.settled_at is '处理时间';
comment on column held_act.settled_by is '处理人';
comment on column held_act.reason is '处理理由';
create index held_act_id_idx on held_act (id);
create index held_act_state_idx on held_act (division_code, state, received_at, id);
create index held_act_device_idx on held_act (device_id) where state = 'waiting';
