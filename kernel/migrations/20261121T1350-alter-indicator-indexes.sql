-- Counters are written far more often than read: with the value in their index every change of a cell wrote two index entries and
-- moved the row. Without it a change stays on its page. Two indexes of the counters are built anew: brief locks, some MB.

drop index indicator_cell_scope_idx;
create index indicator_cell_scope_idx on indicator_cell (indicator, period, division_code, key);
alter table indicator_cell set (fillfactor = 70);

drop index indicator_sum_scope_idx;
create index indicator_sum_scope_idx on indicator_sum (indicator, digits, period, division_code, key);
alter table indicator_sum set (fillfactor = 50);
