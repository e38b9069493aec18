-- A clerk's list begins with what is late, and a complaint is assigned and closed (handbook A21): the place in the list is
-- stored so that the list can page by key, and the states that were missing are allowed.

alter table complaint add column handler text;
comment on column complaint.handler is '承办人 — section or person that looks into it, as named when it was assigned';

alter table complaint add column list_place integer not null default 0;
comment on column complaint.list_place is '列表位次 — waiting ones by their term first, then the answered, newest first';

update complaint set list_place = case
  when state = 'received' then due_on - date '1970-01-01'
  when state = 'accepted' then 100000 + (due_on - date '1970-01-01')
  when state = 'replied' then 300000 - (received_on - date '1970-01-01')
  else 400000 - (received_on - date '1970-01-01') end;

alter table complaint drop constraint complaint_state_check;
alter table complaint add constraint complaint_state_check
  check (state in ('received', 'accepted', 'assigned', 'replied', 'not_ours', 'closed'));

drop index complaint_list_idx;
create index complaint_list_idx on complaint (division_code, list_place, id);
