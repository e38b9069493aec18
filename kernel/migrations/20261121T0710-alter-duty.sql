-- Why: visits are duties of one worker, planned for a day before they are due; workers hold duties beside staff.
alter table duty add column assignee_id uuid;
alter table duty add column planned_on date;
comment on column duty.assignee_id is '承办人 — account of the person who is to do it';
comment on column duty.planned_on is '计划日期 — on or before the due date';
comment on column duty.holder is '承担者 — staff, a worker, the organisation, or its supervisory unit';
alter table duty drop constraint duty_holder_check;
alter table duty add constraint duty_holder_check check (holder in ('staff', 'worker', 'organisation', 'unit'));
create index duty_assignee_idx on duty (assignee_id, planned_on) where state = 'open' and assignee_id is not null;
