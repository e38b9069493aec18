-- Donated equipment (handbook M5, A9, A30, appendix F): homes, who gets what, what is on the way, each numbered piece and what
-- happened to it, what differs and who puts it right, training, checks, samples. Pieces themselves stand in the ledger; these rows
-- say what an entry of it means. New tables, no lock.

create table care_home (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  name text not null,
  kind text not null constraint care_home_kind_check check (kind in ('rural', 'public', 'private')),
  state text not null constraint care_home_state_check check (state in ('open', 'closed')),
  residents integer not null constraint care_home_residents_check check (residents >= 0),
  beds integer,
  size_class text,
  paired boolean not null,
  poorest boolean not null,
  flood_severity text,
  flagged smallint not null,
  director text,
  contact_masked text,
  latitude double precision,
  longitude double precision,
  served_items text[] not null,
  served_batch text,
  delivered_items text[] not null,
  verified_items text[] not null,
  covered boolean not null,
  covered_on date,
  trained integer not null,
  trained_on date,
  open_discrepancies integer not null constraint care_home_discrepancies_check check (open_discrepancies >= 0),
  decision_id uuid,
  version integer not null,
  created_at timestamptz not null,
  constraint care_home_pkey primary key (home_code, id),
  constraint care_home_name_key unique (home_code, name, division_code)
);
comment on table care_home is '养老机构 — a home in the register of its county; what was delivered and verified there, in sum';
comment on column care_home.home_code is '存储归属';
comment on column care_home.id is '编号';
comment on column care_home.division_code is '所在区划';
comment on column care_home.organisation_id is '社会组织';
comment on column care_home.name is '机构名称';
comment on column care_home.kind is '机构类别';
comment on column care_home.state is '状态';
comment on column care_home.residents is '在院人数';
comment on column care_home.beds is '床位数';
comment on column care_home.size_class is '批次 — by the rule equip.batch_class: small, large';
comment on column care_home.paired is '定点帮扶和对口支援地区';
comment on column care_home.poorest is '三区三州';
comment on column care_home.flood_severity is '洪灾程度';
comment on column care_home.flagged is '倾斜因素个数 — how many of the three flags hold';
comment on column care_home.director is '院长';
comment on column care_home.contact_masked is '联系电话（掩码） — the number itself is sealed';
comment on column care_home.latitude is '纬度';
comment on column care_home.longitude is '经度';
comment on column care_home.served_items is '此前已配备 — items an earlier batch brought';
comment on column care_home.served_batch is '此前批次';
comment on column care_home.delivered_items is '已签收物品';
comment on column care_home.verified_items is '已核查物品';
comment on column care_home.covered is '已覆盖 — both items delivered and verified';
comment on column care_home.covered_on is '覆盖日期';
comment on column care_home.trained is '受训人数';
comment on column care_home.trained_on is '最近培训日期';
comment on column care_home.open_discrepancies is '未销号差异';
comment on column care_home.decision_id is '批次依据';
comment on column care_home.version is '版本';
comment on column care_home.created_at is '登记时间';
create index care_home_list_idx on care_home (division_code, name, id);

create table equipment_plan (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  name text not null,
  office_name text not null,
  planned_on date not null,
  items jsonb not null,
  homes_ranked integer not null,
  homes_left_out integer not null,
  decision_id uuid not null,
  created_at timestamptz not null,
  constraint equipment_plan_pkey primary key (home_code, id)
);
comment on table equipment_plan is '分配方案 — who gets what, in which order and why; in the register of the office that planned';
comment on column equipment_plan.home_code is '存储归属';
comment on column equipment_plan.id is '编号';
comment on column equipment_plan.division_code is '所在区划';
comment on column equipment_plan.organisation_id is '社会组织';
comment on column equipment_plan.name is '方案名称';
comment on column equipment_plan.office_name is '编制单位';
comment on column equipment_plan.planned_on is '编制日期';
comment on column equipment_plan.items is '物品 — item, pieces per home, stock before, allocated, homes';
comment on column equipment_plan.homes_ranked is '列入机构数';
comment on column equipment_plan.homes_left_out is '未列入机构数';
comment on column equipment_plan.decision_id is '决定依据';
comment on column equipment_plan.created_at is '登记时间';
create index equipment_plan_list_idx on equipment_plan (division_code, id);

create table equipment_allocation (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  plan_id uuid not null,
  place integer not null,
  care_home_id uuid not null,
  care_home_home text collate "C" not null,
  care_home_name text not null,
  item text not null,
  quantity integer not null constraint equipment_allocation_quantity_check check (quantity >= 0),
  shipped integer not null constraint equipment_allocation_shipped_check check (shipped >= 0 and shipped <= quantity),
  rank integer,
  flags text[] not null,
  residents integer not null,
  size_class text,
  state text not null constraint equipment_allocation_state_check check (state in ('allocated', 'shipped', 'delivered', 'discrepancy', 'recalled', 'left_out')),
  why text,
  account_id uuid,
  stock_id uuid,
  constraint equipment_allocation_pkey primary key (home_code, id)
);
comment on table equipment_allocation is '分配明细 — one item of one home in a plan; stored where it was planned, under the division of the home';
comment on column equipment_allocation.home_code is '存储归属';
comment on column equipment_allocation.id is '编号';
comment on column equipment_allocation.division_code is '所在区划';
comment on column equipment_allocation.organisation_id is '社会组织';
comment on column equipment_allocation.plan_id is '方案';
comment on column equipment_allocation.place is '序 — place in the plan, with who is left out at the end';
comment on column equipment_allocation.care_home_id is '机构';
comment on column equipment_allocation.care_home_home is '机构存储归属';
comment on column equipment_allocation.care_home_name is '机构名称 — when it was planned';
comment on column equipment_allocation.item is '物品';
comment on column equipment_allocation.quantity is '数量';
comment on column equipment_allocation.shipped is '已发数量';
comment on column equipment_allocation.rank is '位次 — empty: left out';
comment on column equipment_allocation.flags is '倾斜因素';
comment on column equipment_allocation.residents is '在院人数';
comment on column equipment_allocation.size_class is '批次';
comment on column equipment_allocation.state is '状态';
comment on column equipment_allocation.why is '未列入原因';
comment on column equipment_allocation.account_id is '待发账户 — where the reserved pieces stand; empty: left out';
comment on column equipment_allocation.stock_id is '库存账户 — where they came from';
create index equipment_allocation_plan_idx on equipment_allocation (plan_id, place, item, division_code);
create index equipment_allocation_home_idx on equipment_allocation (care_home_id, id);

create table equipment_shipment (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  care_home_name text not null,
  plan_id uuid,
  giver_home text collate "C" not null,
  giver_division text collate "C" not null,
  giver_name text not null,
  lines jsonb not null,
  carrier text,
  waybill text,
  note text,
  shipped_on date not null,
  due_on date not null,
  state text not null constraint equipment_shipment_state_check check (state in ('shipped', 'delivered', 'discrepancy', 'recalled', 'returned')),
  pieces integer not null,
  signed_pieces integer not null constraint equipment_shipment_signed_check check (signed_pieces >= 0 and signed_pieces <= pieces),
  delivered_on date,
  days integer,
  recalled_on date,
  recall_reason text,
  created_at timestamptz not null,
  constraint equipment_shipment_pkey primary key (home_code, id)
);
comment on table equipment_shipment is '发运单 — one shipment to one home, in the register of the home''s county';
comment on column equipment_shipment.home_code is '存储归属';
comment on column equipment_shipment.id is '编号';
comment on column equipment_shipment.division_code is '所在区划';
comment on column equipment_shipment.organisation_id is '社会组织';
comment on column equipment_shipment.care_home_id is '机构';
comment on column equipment_shipment.care_home_name is '机构名称';
comment on column equipment_shipment.plan_id is '方案';
comment on column equipment_shipment.giver_home is '发出单位存储归属';
comment on column equipment_shipment.giver_division is '发出单位区划';
comment on column equipment_shipment.giver_name is '发出单位';
comment on column equipment_shipment.lines is '物品行 — item, account, quantity, signed, serials known, allocation and entries of both sides';
comment on column equipment_shipment.carrier is '承运单位';
comment on column equipment_shipment.waybill is '运单号';
comment on column equipment_shipment.note is '说明';
comment on column equipment_shipment.shipped_on is '发运日期';
comment on column equipment_shipment.due_on is '应签收日期';
comment on column equipment_shipment.state is '状态';
comment on column equipment_shipment.pieces is '发运件数';
comment on column equipment_shipment.signed_pieces is '签收件数 — never more than were sent';
comment on column equipment_shipment.delivered_on is '签收日期 — of the first signature';
comment on column equipment_shipment.days is '发运至签收天数';
comment on column equipment_shipment.recalled_on is '撤回日期';
comment on column equipment_shipment.recall_reason is '撤回原因';
comment on column equipment_shipment.created_at is '登记时间';
create index equipment_shipment_list_idx on equipment_shipment (division_code, shipped_on, id);
create index equipment_shipment_home_idx on equipment_shipment (care_home_id, id);
create index equipment_shipment_due_idx on equipment_shipment (division_code, due_on, id) where state in ('shipped', 'discrepancy');

create table equipment_delivery (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  shipment_id uuid not null,
  care_home_id uuid not null,
  delivered_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  device_id uuid,
  signers jsonb not null,
  lines jsonb not null,
  photo_ids uuid[] not null,
  latitude double precision,
  longitude double precision,
  accuracy double precision,
  remarks jsonb not null,
  note text,
  entry_ids uuid[] not null,
  decision_id uuid not null,
  constraint equipment_delivery_pkey primary key (home_code, id)
);
comment on table equipment_delivery is '签收单 — who signed for what, where and when; never changed';
comment on column equipment_delivery.home_code is '存储归属';
comment on column equipment_delivery.id is '编号';
comment on column equipment_delivery.division_code is '所在区划';
comment on column equipment_delivery.organisation_id is '社会组织';
comment on column equipment_delivery.shipment_id is '发运单';
comment on column equipment_delivery.care_home_id is '机构';
comment on column equipment_delivery.delivered_at is '签收时间 — of the act itself';
comment on column equipment_delivery.recorded_at is '登记时间';
comment on column equipment_delivery.actor_id is '经手人';
comment on column equipment_delivery.actor_name is '经手人姓名';
comment on column equipment_delivery.device_id is '设备';
comment on column equipment_delivery.signers is '签收人 — two different people, with their signatures';
comment on column equipment_delivery.lines is '签收物品 — item and numbers';
comment on column equipment_delivery.photo_ids is '照片';
comment on column equipment_delivery.latitude is '纬度';
comment on column equipment_delivery.longitude is '经度';
comment on column equipment_delivery.accuracy is '定位精度（米）';
comment on column equipment_delivery.remarks is '提示 — e.g. far from the home';
comment on column equipment_delivery.note is '说明';
comment on column equipment_delivery.entry_ids is '台账分录';
comment on column equipment_delivery.decision_id is '签收依据';
create index equipment_delivery_shipment_idx on equipment_delivery (shipment_id, id);

create table equipment_item (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  item text collate "C" not null,
  item_name text not null,
  serial_no text collate "C" not null,
  state text not null constraint equipment_item_state_check check (state in ('shipped', 'delivered', 'trained', 'verified', 'in_use', 'fault', 'discrepancy', 'scrapped', 'in_stock')),
  shipment_id uuid,
  account_id uuid,
  delivered_on date,
  verified_on date,
  version integer not null,
  constraint equipment_item_pkey primary key (home_code, id),
  constraint equipment_item_serial_key unique (home_code, item, serial_no)
);
comment on table equipment_item is '单件 — one numbered piece, from the shipment on which its number is known';
comment on column equipment_item.home_code is '存储归属';
comment on column equipment_item.id is '编号';
comment on column equipment_item.division_code is '所在区划';
comment on column equipment_item.organisation_id is '社会组织';
comment on column equipment_item.care_home_id is '机构';
comment on column equipment_item.item is '物品';
comment on column equipment_item.item_name is '名称';
comment on column equipment_item.serial_no is '编号';
comment on column equipment_item.state is '状态 — by the rule equip.state; in_stock: went back';
comment on column equipment_item.shipment_id is '发运单';
comment on column equipment_item.account_id is '所在账户';
comment on column equipment_item.delivered_on is '签收日期';
comment on column equipment_item.verified_on is '核查日期';
comment on column equipment_item.version is '版本';
create index equipment_item_home_idx on equipment_item (care_home_id, item, serial_no);
create index equipment_item_list_idx on equipment_item (division_code, id);
create index equipment_item_number_idx on equipment_item (serial_no, item);

create table equipment_event (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  subject_id uuid not null,
  event text not null,
  happened_at timestamptz not null,
  recorded_at timestamptz not null,
  actor_id uuid,
  actor_name text not null,
  quantity integer,
  serials text[] not null,
  photo_ids uuid[] not null,
  latitude double precision,
  longitude double precision,
  note text,
  facts jsonb not null,
  entry_id uuid,
  constraint equipment_event_pkey primary key (home_code, id)
);
comment on table equipment_event is '物品事件 — what happened to a piece, a shipment, a home or a discrepancy: who, when, where, how many; only ever added';
comment on column equipment_event.home_code is '存储归属';
comment on column equipment_event.id is '编号';
comment on column equipment_event.division_code is '所在区划';
comment on column equipment_event.organisation_id is '社会组织';
comment on column equipment_event.care_home_id is '机构';
comment on column equipment_event.subject_id is '事项 — piece, shipment, home or discrepancy';
comment on column equipment_event.event is '事件';
comment on column equipment_event.happened_at is '发生时间';
comment on column equipment_event.recorded_at is '登记时间';
comment on column equipment_event.actor_id is '操作人';
comment on column equipment_event.actor_name is '操作人姓名';
comment on column equipment_event.quantity is '数量';
comment on column equipment_event.serials is '编号';
comment on column equipment_event.photo_ids is '照片';
comment on column equipment_event.latitude is '纬度';
comment on column equipment_event.longitude is '经度';
comment on column equipment_event.note is '说明';
comment on column equipment_event.facts is '要素';
comment on column equipment_event.entry_id is '台账分录';
create index equipment_event_subject_idx on equipment_event (subject_id, id);
create index equipment_event_home_idx on equipment_event (care_home_id, id);

create table equipment_discrepancy (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  care_home_name text not null,
  shipment_id uuid,
  item_id uuid,
  kind text not null,
  item text,
  quantity integer not null,
  source text not null,
  description text not null,
  state text not null constraint equipment_discrepancy_state_check check (state in ('open', 'measured', 'done', 'verified', 'closed')),
  owner_id uuid,
  owner_name text not null,
  opened_on date not null,
  due_on date not null,
  measure text,
  term text,
  proof text,
  photo_ids uuid[] not null,
  done_by uuid,
  done_on date,
  verified_by uuid,
  verified_on date,
  closed_on date,
  reopened smallint not null,
  escalated smallint not null,
  version integer not null,
  constraint equipment_discrepancy_pkey primary key (home_code, id)
);
comment on table equipment_discrepancy is '差异 — short, missing, damaged, another number: with owner and day, until closed';
comment on column equipment_discrepancy.home_code is '存储归属';
comment on column equipment_discrepancy.id is '编号';
comment on column equipment_discrepancy.division_code is '所在区划';
comment on column equipment_discrepancy.organisation_id is '社会组织';
comment on column equipment_discrepancy.care_home_id is '机构';
comment on column equipment_discrepancy.care_home_name is '机构名称';
comment on column equipment_discrepancy.shipment_id is '发运单';
comment on column equipment_discrepancy.item_id is '单件';
comment on column equipment_discrepancy.kind is '类别';
comment on column equipment_discrepancy.item is '物品';
comment on column equipment_discrepancy.quantity is '数量';
comment on column equipment_discrepancy.source is '来源';
comment on column equipment_discrepancy.description is '情况';
comment on column equipment_discrepancy.state is '状态';
comment on column equipment_discrepancy.owner_id is '责任人';
comment on column equipment_discrepancy.owner_name is '责任人姓名或单位';
comment on column equipment_discrepancy.opened_on is '发现日期';
comment on column equipment_discrepancy.due_on is '整改期限';
comment on column equipment_discrepancy.measure is '措施';
comment on column equipment_discrepancy.term is '措施性质 — immediate, long_term';
comment on column equipment_discrepancy.proof is '完成说明';
comment on column equipment_discrepancy.photo_ids is '照片';
comment on column equipment_discrepancy.done_by is '完成人';
comment on column equipment_discrepancy.done_on is '完成日期';
comment on column equipment_discrepancy.verified_by is '核实人';
comment on column equipment_discrepancy.verified_on is '核实日期';
comment on column equipment_discrepancy.closed_on is '销号日期';
comment on column equipment_discrepancy.reopened is '重开次数';
comment on column equipment_discrepancy.escalated is '督办层级 — how many offices up have been told';
comment on column equipment_discrepancy.version is '版本';
create index equipment_discrepancy_list_idx on equipment_discrepancy (division_code, state, due_on, id);
create index equipment_discrepancy_home_idx on equipment_discrepancy (care_home_id, id);
create index equipment_discrepancy_shipment_idx on equipment_discrepancy (shipment_id, id);

create table equipment_training (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  trained_on date not null,
  topic text not null,
  people integer not null constraint equipment_training_people_check check (people > 0),
  trainer text,
  photo_ids uuid[] not null,
  note text,
  actor_id uuid,
  recorded_at timestamptz not null,
  constraint equipment_training_pkey primary key (home_code, id)
);
comment on table equipment_training is '应用培训 — in a home: how many of its staff can use the equipment';
comment on column equipment_training.home_code is '存储归属';
comment on column equipment_training.id is '编号';
comment on column equipment_training.division_code is '所在区划';
comment on column equipment_training.organisation_id is '社会组织';
comment on column equipment_training.care_home_id is '机构';
comment on column equipment_training.trained_on is '培训日期';
comment on column equipment_training.topic is '内容 — use, first_aid, both';
comment on column equipment_training.people is '受训人数';
comment on column equipment_training.trainer is '培训人';
comment on column equipment_training.photo_ids is '照片';
comment on column equipment_training.note is '说明';
comment on column equipment_training.actor_id is '登记人';
comment on column equipment_training.recorded_at is '登记时间';
create index equipment_training_home_idx on equipment_training (care_home_id, id);

create table equipment_check (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  care_home_id uuid not null,
  kind text not null,
  item text not null,
  result text not null,
  seen integer not null,
  serials text[] not null,
  photo_ids uuid[] not null,
  note text,
  sample_id uuid,
  evaluation_id uuid,
  checked_on date not null,
  actor_id uuid,
  actor_name text not null,
  recorded_at timestamptz not null,
  constraint equipment_check_pkey primary key (home_code, id)
);
comment on table equipment_check is '核查记录 — county verification, spot check or evaluation of one item in one home, with evidence';
comment on column equipment_check.home_code is '存储归属';
comment on column equipment_check.id is '编号';
comment on column equipment_check.division_code is '所在区划';
comment on column equipment_check.organisation_id is '社会组织';
comment on column equipment_check.care_home_id is '机构';
comment on column equipment_check.kind is '类别 — verification, spot_check, evaluation';
comment on column equipment_check.item is '物品';
comment on column equipment_check.result is '结论 — ok, missing, damaged, mismatch';
comment on column equipment_check.seen is '在场件数';
comment on column equipment_check.serials is '编号';
comment on column equipment_check.photo_ids is '照片';
comment on column equipment_check.note is '说明';
comment on column equipment_check.sample_id is '抽样批次';
comment on column equipment_check.evaluation_id is '评估';
comment on column equipment_check.checked_on is '核查日期';
comment on column equipment_check.actor_id is '核查人';
comment on column equipment_check.actor_name is '核查人姓名或单位';
comment on column equipment_check.recorded_at is '登记时间';
create index equipment_check_home_idx on equipment_check (care_home_id, id);
create index equipment_check_sample_idx on equipment_check (sample_id, care_home_id);

create table equipment_sample (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  name text not null,
  purpose text not null constraint equipment_sample_purpose_check check (purpose in ('spot_check', 'evaluation')),
  seed text not null,
  method text not null,
  population jsonb not null,
  population_size integer not null,
  population_digest text not null,
  drawn jsonb not null,
  size integer not null,
  witness text not null,
  published boolean not null,
  drawn_on date not null,
  constraint equipment_sample_pkey primary key (home_code, id)
);
comment on table equipment_sample is '抽样批次 — frozen population, seed and what was drawn from it; never changed but for its publication';
comment on column equipment_sample.home_code is '存储归属';
comment on column equipment_sample.id is '编号';
comment on column equipment_sample.division_code is '所在区划';
comment on column equipment_sample.organisation_id is '社会组织';
comment on column equipment_sample.name is '名称';
comment on column equipment_sample.purpose is '用途';
comment on column equipment_sample.seed is '种子';
comment on column equipment_sample.method is '抽取方法 — name and version';
comment on column equipment_sample.population is '总体 — ids in their order, frozen';
comment on column equipment_sample.population_size is '总体数';
comment on column equipment_sample.population_digest is '总体摘要 — SHA-256';
comment on column equipment_sample.drawn is '抽中名单 — home, its register, name, division, place';
comment on column equipment_sample.size is '抽中数';
comment on column equipment_sample.witness is '监督人';
comment on column equipment_sample.published is '是否公布';
comment on column equipment_sample.drawn_on is '抽取日期';
create index equipment_sample_list_idx on equipment_sample (division_code, id);

create table equipment_evaluation (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  sample_id uuid not null,
  organisation_name text not null,
  care_home_id uuid not null,
  care_home_home text collate "C" not null,
  care_home_name text not null,
  care_home_division text collate "C" not null,
  expected jsonb not null,
  until_on date not null,
  state text not null constraint equipment_evaluation_state_check check (state in ('open', 'done')),
  result jsonb,
  done_on date,
  granted_on date not null,
  constraint equipment_evaluation_pkey primary key (home_code, id)
);
comment on table equipment_evaluation is '第三方评估 — one drawn home that an organisation may look at until a day, and its result';
comment on column equipment_evaluation.home_code is '存储归属';
comment on column equipment_evaluation.id is '编号';
comment on column equipment_evaluation.division_code is '所在区划';
comment on column equipment_evaluation.organisation_id is '社会组织';
comment on column equipment_evaluation.sample_id is '抽样批次';
comment on column equipment_evaluation.organisation_name is '评估机构';
comment on column equipment_evaluation.care_home_id is '机构';
comment on column equipment_evaluation.care_home_home is '机构存储归属';
comment on column equipment_evaluation.care_home_name is '机构名称';
comment on column equipment_evaluation.care_home_division is '机构区划';
comment on column equipment_evaluation.expected is '应有物品';
comment on column equipment_evaluation.until_on is '授权截止';
comment on column equipment_evaluation.state is '状态';
comment on column equipment_evaluation.result is '结论';
comment on column equipment_evaluation.done_on is '完成日期';
comment on column equipment_evaluation.granted_on is '授权日期';
create index equipment_evaluation_organisation_idx on equipment_evaluation (organisation_id, until_on, id);
create index equipment_evaluation_sample_idx on equipment_evaluation (sample_id, id);

create table equipment_liaison (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  name text not null,
  post text,
  phone_masked text,
  account_id uuid,
  from_on date not null,
  until_on date,
  constraint equipment_liaison_pkey primary key (home_code, id)
);
comment on table equipment_liaison is '联络员 — named for a division, from one day to another';
comment on column equipment_liaison.home_code is '存储归属';
comment on column equipment_liaison.id is '编号';
comment on column equipment_liaison.division_code is '所在区划';
comment on column equipment_liaison.organisation_id is '社会组织';
comment on column equipment_liaison.name is '姓名';
comment on column equipment_liaison.post is '职务';
comment on column equipment_liaison.phone_masked is '电话（掩码） — the number itself is sealed';
comment on column equipment_liaison.account_id is '账号';
comment on column equipment_liaison.from_on is '起始日期';
comment on column equipment_liaison.until_on is '终止日期 — exclusive; empty: in force';
create index equipment_liaison_division_idx on equipment_liaison (division_code, from_on, id);
