-- What goes from one office's register to another's is two entries, one in each home, that name each other: a path is followed
-- across, and the reconciliation proves that both sides are equal. New columns, empty for all there is; expand, no long lock.
alter table ledger_entry add column counterpart uuid;
alter table ledger_entry add column counterpart_home text collate "C";
alter table ledger_entry add column transfer text constraint ledger_entry_transfer_check check (transfer in ('out', 'in'));
comment on column ledger_entry.counterpart is '对方分录 — the entry of the other register, for what went from one to another';
comment on column ledger_entry.counterpart_home is '对方存储归属';
comment on column ledger_entry.transfer is '划转方向 — out: gave to another register; in: took from one';
create index ledger_entry_counterpart_idx on ledger_entry (home_code, id) where counterpart is not null;
