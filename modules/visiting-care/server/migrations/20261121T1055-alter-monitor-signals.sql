-- What a device says day by day is counted here instead of filling the journal with an entry each.
alter table monitor add column signals bigint not null default 0;
comment on column monitor.signals is '信号数 — signals received since registration; those before this column are not counted';
