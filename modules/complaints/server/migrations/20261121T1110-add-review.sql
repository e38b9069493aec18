-- Whoever complained and is not content with the answer may ask once that somebody else looks at it again (A21).
alter table complaint drop constraint complaint_state_check;
alter table complaint add constraint complaint_state_check
  check (state in ('received', 'accepted', 'assigned', 'replied', 'reviewing', 'reviewed', 'not_ours', 'closed'));
alter table complaint add column review_reason text;
alter table complaint add column review_asked_on date;
alter table complaint add column review_answer text;
alter table complaint add column reviewed_on date;
comment on column complaint.review_reason is '复核理由 — what the sender is not content with';
comment on column complaint.review_asked_on is '申请复核日期 — once';
comment on column complaint.review_answer is '复核答复';
comment on column complaint.reviewed_on is '复核答复日期';
alter table complaint_receipt add column review_asked_on date;
alter table complaint_receipt add column review_answer text;
alter table complaint_receipt add column reviewed_on date;
comment on column complaint_receipt.review_asked_on is '申请复核日期';
comment on column complaint_receipt.review_answer is '复核答复 — as the sender reads it';
comment on column complaint_receipt.reviewed_on is '复核答复日期';
