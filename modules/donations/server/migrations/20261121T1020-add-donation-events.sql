-- Emergency figures (handbook system 97) are published like the totals of a year: frozen, and a change keeps the old text.

create table donation_event_total (
  home_code text collate "C" not null,
  division_code text collate "C" not null,
  organisation_id uuid,
  event text not null,
  figures jsonb not null,
  published_on date not null,
  constraint donation_event_total_pkey primary key (home_code, division_code, event)
);
comment on table donation_event_total is '已公开应急捐赠数据 — the frozen figures of a division and emergency, as they were published last';
comment on column donation_event_total.home_code is '存储归属';
comment on column donation_event_total.division_code is '区划';
comment on column donation_event_total.organisation_id is '社会组织 — always empty: figures are of divisions';
comment on column donation_event_total.event is '应急事件';
comment on column donation_event_total.figures is '数据';
comment on column donation_event_total.published_on is '公开日期';

create index donation_event_idx on donation (division_code, event) where event is not null;
create index donation_use_event_idx on donation_use (division_code, event) where event is not null;
