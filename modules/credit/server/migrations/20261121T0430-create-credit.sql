-- Credit records, the two lists with their procedure, what organisations say about them, and automatic runs.
-- The constraint on credit_listing is the last wall of the law: no row can stand as listed without notice, answered
-- statement, another hand, decision and remedy, whatever the program above it does.
-- Expand only; taken on an empty database, no lock matters.

create table credit_record (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid not null,
  unit_id uuid,
  organisation_name text not null,
  organisation_code text collate "C",
  class text collate "C" not null constraint credit_record_class_check check (class in ('basic', 'annual', 'inspection', 'penalty', 'other')),
  local_class text collate "C" not null constraint credit_record_local_class_check check (local_class in ('basic', 'performance', 'honour', 'dishonesty')),
  kind text collate "C" not null,
  title text not null,
  basis text,
  content jsonb not null default '{}',
  authority text not null,
  evidence uuid[] not null default '{}',
  source_ref text collate "C",
  state text collate "C" not null constraint credit_record_state_check check (state in ('pending', 'entered', 'corrected', 'undone')),
  formed_on date not null,
  received_on date,
  due_on date,
  entered_on date,
  entered_by uuid,
  on_time boolean,
  public boolean not null default false,
  valid_to date,
  corrects uuid,
  corrected_by uuid,
  correction_reason text,
  listing_id uuid,
  decision_id uuid,
  version integer not null default 1,
  constraint credit_record_pkey primary key (home_code, id),
  constraint credit_record_entered_check check (state = 'pending' or entered_on is not null),
  constraint credit_record_correction_check check (state <> 'corrected' or (corrected_by is not null and correction_reason is not null))
);
comment on table credit_record is '信用信息记录 — credit records of five national and four local classes; never edited, corrected by a new row';
comment on column credit_record.home_code is '存储归属 — storage key, never scope';
comment on column credit_record.id is '记录编号';
comment on column credit_record.division_code is '所属区划';
comment on column credit_record.organisation_id is '社会组织';
comment on column credit_record.unit_id is '业务主管单位';
comment on column credit_record.organisation_name is '组织名称 — as it was when the record was made';
comment on column credit_record.organisation_code is '统一社会信用代码 — as it was when the record was made';
comment on column credit_record.class is '国家分类 — basic 基础, annual 年报, inspection 行政检查, penalty 行政处罚, other 其他';
comment on column credit_record.local_class is '地方分类 — basic 基本, performance 绩效, honour 荣誉, dishonesty 失信; from the mapping table';
comment on column credit_record.kind is '记录种类';
comment on column credit_record.title is '事项';
comment on column credit_record.basis is '依据 — ground and article';
comment on column credit_record.content is '内容 — facts of the kind (grade, penalty, amount in fen), no personal data';
comment on column credit_record.authority is '信息来源机关';
comment on column credit_record.evidence is '证据材料 — ids of files';
comment on column credit_record.source_ref is '来源标识 — unique name of the fact in the system that reported it; a fact is recorded once';
comment on column credit_record.state is '状态 — pending 待录入, entered 已录入, corrected 已更正, undone 导入已撤销';
comment on column credit_record.formed_on is '形成日期';
comment on column credit_record.received_on is '收到日期 — when it came from another authority';
comment on column credit_record.due_on is '录入期限 — fifth working day; null = the holiday table of that year is not known';
comment on column credit_record.entered_on is '录入日期';
comment on column credit_record.entered_by is '录入人';
comment on column credit_record.on_time is '是否按期录入 — null = cannot be said';
comment on column credit_record.public is '是否公开';
comment on column credit_record.valid_to is '有效期至 — exclusive';
comment on column credit_record.corrects is '更正哪一条';
comment on column credit_record.corrected_by is '被哪一条更正';
comment on column credit_record.correction_reason is '更正理由';
comment on column credit_record.listing_id is '名录案件 — for entries and removals of the two lists';
comment on column credit_record.decision_id is '规则判断 — whether it was entered in time';
comment on column credit_record.version is '版本';
create index credit_record_list_idx on credit_record (division_code, formed_on, id);
create index credit_record_organisation_idx on credit_record (organisation_id, formed_on, id);
create unique index credit_record_source_key on credit_record (home_code, source_ref) where source_ref is not null and state <> 'undone';

create table credit_listing (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  organisation_id uuid not null,
  unit_id uuid,
  organisation_name text not null,
  organisation_code text collate "C",
  list text collate "C" not null constraint credit_listing_list_check check (list in ('abnormal', 'serious')),
  ground text collate "C" not null,
  ground_text text not null,
  facts jsonb not null,
  evidence uuid[] not null default '{}',
  rectifiable boolean not null,
  origin text collate "C" not null constraint credit_listing_origin_check check (origin in ('person', 'module', 'run', 'legacy')),
  origin_ref text collate "C",
  adds_to uuid,
  state text collate "C" not null constraint credit_listing_state_check check (state in
    ('proposed', 'noticed', 'stated', 'answered', 'listed', 'removal-applied', 'removal-verified', 'closed', 'joined', 'removed', 'moved', 'withdrawn')),
  authority text not null,
  proposed_on date not null,
  proposed_by uuid,
  proposal_decision_id uuid,
  notice_document_id uuid,
  notice_paper_number text,
  notice_issued_on date,
  notice_issued_by uuid,
  notice_served_on date,
  notice_method text collate "C",
  notice_recorded_by uuid,
  statement_due_on date,
  stated_on date,
  answered_on date,
  answered_by uuid,
  certificate_on date,
  reasons text,
  basis text,
  remedy text,
  decision_rule_id uuid,
  decision_document_id uuid,
  decision_number text,
  decision_code text collate "C",
  decided_on date,
  decided_by uuid,
  listed_on date,
  clock_from date,
  clock_ground text collate "C",
  six_months_on date,
  two_years_on date,
  put_right_on date,
  removal_applied_on date,
  removal_verified_on date,
  removal_verified_by uuid,
  removal_due_on date,
  removal_rule_id uuid,
  removal_document_id uuid,
  ended_on date,
  ended_by uuid,
  end_reason text,
  legacy boolean not null default false,
  version integer not null default 1,
  constraint credit_listing_pkey primary key (home_code, id),
  constraint credit_listing_lawful_check check (
    state in ('proposed', 'noticed', 'stated', 'answered', 'closed')
    or (
      decided_on is not null and listed_on is not null and clock_from is not null
      and ground <> '' and reasons is not null and remedy is not null
      and (
        (legacy and decision_number is not null)
        or (
          not legacy
          and (notice_document_id is not null or notice_paper_number is not null) and notice_served_on is not null and notice_method is not null
          and statement_due_on is not null and decided_on > statement_due_on
          and (stated_on is null or answered_on is not null)
          and decision_rule_id is not null and decision_document_id is not null
          and decided_by is not null and decided_by is distinct from proposed_by
          and decided_by is distinct from notice_issued_by and decided_by is distinct from answered_by
        )
      )
    )
  ),
  constraint credit_listing_ended_check check (state not in ('closed', 'removed', 'moved', 'withdrawn') or (ended_on is not null and end_reason is not null)),
  constraint credit_listing_removed_check check (state <> 'removed' or (removal_rule_id is not null and removal_document_id is not null and removal_verified_on is not null))
);
comment on table credit_listing is '名录案件 — one ground against one organisation on its way to, on, and off a list';
comment on column credit_listing.home_code is '存储归属 — storage key, never scope';
comment on column credit_listing.id is '案件编号';
comment on column credit_listing.division_code is '所属区划';
comment on column credit_listing.organisation_id is '社会组织';
comment on column credit_listing.unit_id is '业务主管单位';
comment on column credit_listing.organisation_name is '组织名称 — at proposal, renewed at decision';
comment on column credit_listing.organisation_code is '统一社会信用代码';
comment on column credit_listing.list is '名录 — abnormal 活动异常名录, serious 严重违法失信名单';
comment on column credit_listing.ground is '列入情形';
comment on column credit_listing.ground_text is '列入情形说明 — what happened, without personal data';
comment on column credit_listing.facts is '事实 — as the rule reads them';
comment on column credit_listing.evidence is '证据材料 — ids of files';
comment on column credit_listing.rectifiable is '能否改正 — false: nothing to put right, six months';
comment on column credit_listing.origin is '来源 — person, another module, automatic run, legacy register';
comment on column credit_listing.origin_ref is '来源标识';
comment on column credit_listing.adds_to is '并入的列入案件 — a new ground while listed';
comment on column credit_listing.state is '状态';
comment on column credit_listing.authority is '列入机关';
comment on column credit_listing.proposed_on is '提出日期';
comment on column credit_listing.proposed_by is '提出人 — null = proposed by the system';
comment on column credit_listing.proposal_decision_id is '提出时的规则判断';
comment on column credit_listing.notice_document_id is '拟列入告知书';
comment on column credit_listing.notice_paper_number is '纸质告知书文号 — issued on paper before this system';
comment on column credit_listing.notice_issued_on is '告知书成文日期';
comment on column credit_listing.notice_issued_by is '告知书经办人';
comment on column credit_listing.notice_served_on is '送达日期';
comment on column credit_listing.notice_method is '送达方式';
comment on column credit_listing.notice_recorded_by is '送达记录人';
comment on column credit_listing.statement_due_on is '陈述申辩期末日';
comment on column credit_listing.stated_on is '收到陈述申辩日期';
comment on column credit_listing.answered_on is '陈述申辩复核答复日期';
comment on column credit_listing.answered_by is '复核人';
comment on column credit_listing.certificate_on is '业务主管单位证明日期 — no direct responsibility';
comment on column credit_listing.reasons is '决定理由';
comment on column credit_listing.basis is '法律依据';
comment on column credit_listing.remedy is '救济途径';
comment on column credit_listing.decision_rule_id is '决定时的规则判断';
comment on column credit_listing.decision_document_id is '列入决定书';
comment on column credit_listing.decision_number is '决定文号';
comment on column credit_listing.decision_code is '决定书核验码';
comment on column credit_listing.decided_on is '决定日期';
comment on column credit_listing.decided_by is '决定人';
comment on column credit_listing.listed_on is '列入日期';
comment on column credit_listing.clock_from is '期限起算日 — restarts on a new ground';
comment on column credit_listing.clock_ground is '期限所依情形 — the newest ground';
comment on column credit_listing.six_months_on is '满六个月日期';
comment on column credit_listing.two_years_on is '满两年日期';
comment on column credit_listing.put_right_on is '改正日期 — as verified';
comment on column credit_listing.removal_applied_on is '移出申请日期';
comment on column credit_listing.removal_verified_on is '移出核实日期';
comment on column credit_listing.removal_verified_by is '核实人';
comment on column credit_listing.removal_due_on is '移出期限 — fifth working day after verification; null = holiday table not known';
comment on column credit_listing.removal_rule_id is '移出时的规则判断';
comment on column credit_listing.removal_document_id is '移出决定书';
comment on column credit_listing.ended_on is '终结日期';
comment on column credit_listing.ended_by is '终结人';
comment on column credit_listing.end_reason is '终结理由';
comment on column credit_listing.legacy is '历史列入 — loaded from the register kept before';
comment on column credit_listing.version is '版本';
create unique index credit_listing_live_key on credit_listing (home_code, organisation_id, list, (adds_to is null))
  where state in ('proposed', 'noticed', 'stated', 'answered', 'listed', 'removal-applied', 'removal-verified');
create unique index credit_listing_origin_key on credit_listing (home_code, organisation_id, origin, origin_ref) where origin_ref is not null and state not in ('closed', 'withdrawn');
create index credit_listing_list_idx on credit_listing (division_code, proposed_on, id);
create index credit_listing_state_idx on credit_listing (state, division_code, proposed_on, id);
create index credit_listing_organisation_idx on credit_listing (organisation_id, proposed_on, id);

create table credit_submission (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  listing_id uuid not null,
  organisation_id uuid not null,
  unit_id uuid,
  kind text collate "C" not null constraint credit_submission_kind_check check (kind in ('statement', 'certificate', 'removal-application', 'objection')),
  made_by text collate "C" not null constraint credit_submission_made_by_check check (made_by in ('organisation', 'supervisory-unit', 'registrar')),
  content text not null,
  evidence uuid[] not null default '{}',
  received_on date not null,
  recorded_by uuid,
  due_on date,
  state text collate "C" not null default 'open' constraint credit_submission_state_check check (state in ('open', 'accepted', 'rejected')),
  answered_on date,
  answered_by uuid,
  answer text,
  version integer not null default 1,
  constraint credit_submission_pkey primary key (home_code, id),
  constraint credit_submission_answer_check check (state = 'open' or (answered_on is not null and answer is not null))
);
comment on table credit_submission is '陈述申辩、证明、移出申请与异议 — what the organisation or its supervisory unit says about a listing, and the answer';
comment on column credit_submission.home_code is '存储归属 — storage key, never scope';
comment on column credit_submission.id is '编号';
comment on column credit_submission.division_code is '所属区划';
comment on column credit_submission.listing_id is '名录案件';
comment on column credit_submission.organisation_id is '社会组织';
comment on column credit_submission.unit_id is '业务主管单位';
comment on column credit_submission.kind is '类别 — statement 陈述申辩, certificate 业务主管单位证明, removal-application 移出申请, objection 异议';
comment on column credit_submission.made_by is '提交者 — the organisation itself, the supervisory unit, or recorded for it by the registrar';
comment on column credit_submission.content is '内容';
comment on column credit_submission.evidence is '材料 — ids of files';
comment on column credit_submission.received_on is '收到日期';
comment on column credit_submission.recorded_by is '记录人';
comment on column credit_submission.due_on is '答复期限';
comment on column credit_submission.state is '状态 — open, accepted, rejected';
comment on column credit_submission.answered_on is '答复日期';
comment on column credit_submission.answered_by is '答复人';
comment on column credit_submission.answer is '答复与理由';
comment on column credit_submission.version is '版本';
create index credit_submission_listing_idx on credit_submission (listing_id, received_on, id);
create index credit_submission_scope_idx on credit_submission (division_code, kind, state, received_on, id);

create table credit_run (
  home_code text collate "C" not null,
  id uuid not null,
  division_code text collate "C" not null,
  kind text collate "C" not null constraint credit_run_kind_check check (kind in ('overdue-reports', 'six-month-removals', 'serious-proposals')),
  state text collate "C" not null constraint credit_run_state_check check (state in ('running', 'stopped', 'done', 'reverted')),
  stop_reason text collate "C" constraint credit_run_stop_reason_check check (stop_reason in ('over-limit', 'person')),
  on_date date not null,
  digest text collate "C" not null,
  candidates integer not null,
  max_count integer not null,
  started_by uuid,
  started_at timestamptz not null,
  finished_at timestamptz,
  reverted_by uuid,
  reverted_at timestamptz,
  revert_reason text,
  version integer not null default 1,
  constraint credit_run_pkey primary key (home_code, id),
  constraint credit_run_stop_check check (state <> 'stopped' or stop_reason is not null)
);
comment on table credit_run is '批处理 — one automatic run: what it looked at, its limit, how it ended, whether it was reversed';
comment on column credit_run.home_code is '存储归属 — storage key, never scope';
comment on column credit_run.id is '批次编号';
comment on column credit_run.division_code is '所属区划';
comment on column credit_run.kind is '类别 — overdue-reports 逾期年报, six-month-removals 满六个月移出, serious-proposals 满两年转严重名单';
comment on column credit_run.state is '状态';
comment on column credit_run.stop_reason is '停止原因 — over-limit or a person';
comment on column credit_run.on_date is '基准日';
comment on column credit_run.digest is '预览摘要 — the run acts on exactly what was previewed';
comment on column credit_run.candidates is '对象数';
comment on column credit_run.max_count is '上限';
comment on column credit_run.started_by is '启动人';
comment on column credit_run.started_at is '启动时间';
comment on column credit_run.finished_at is '结束时间';
comment on column credit_run.reverted_by is '撤销人';
comment on column credit_run.reverted_at is '撤销时间';
comment on column credit_run.revert_reason is '撤销理由';
comment on column credit_run.version is '版本';
create index credit_run_list_idx on credit_run (division_code, started_at, id);
create unique index credit_run_live_key on credit_run (home_code, kind) where state = 'running';

create table credit_run_item (
  home_code text collate "C" not null,
  run_id uuid not null,
  ordinal integer not null,
  division_code text collate "C" not null,
  organisation_id uuid not null,
  organisation_name text not null,
  listing_id uuid,
  facts jsonb not null default '{}',
  outcome text collate "C" not null default 'waiting' constraint credit_run_item_outcome_check check (outcome in ('waiting', 'done', 'skipped', 'reverted', 'kept')),
  note text,
  constraint credit_run_item_pkey primary key (home_code, run_id, ordinal)
);
comment on table credit_run_item is '批处理对象 — what an automatic run did to each organisation, for reversal';
comment on column credit_run_item.home_code is '存储归属 — storage key, never scope';
comment on column credit_run_item.run_id is '批次编号';
comment on column credit_run_item.ordinal is '顺序';
comment on column credit_run_item.division_code is '所属区划';
comment on column credit_run_item.organisation_id is '社会组织';
comment on column credit_run_item.organisation_name is '组织名称';
comment on column credit_run_item.listing_id is '名录案件 — opened or moved by the run';
comment on column credit_run_item.facts is '事实 — why it was a candidate';
comment on column credit_run_item.outcome is '结果 — waiting, done, skipped (no longer a candidate), reverted, kept (touched since, not reverted)';
comment on column credit_run_item.note is '说明';
create index credit_run_item_scope_idx on credit_run_item (run_id, division_code, ordinal);
