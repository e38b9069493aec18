-- Every staged row is updated once, when its chunk is committed. The index by verdict made each of these updates write the row and
-- both its indexes anew, a tenth of a commit; rows are found by ordinal now, and half a page is left free so that the new state
-- fits beside the old. Dropping the index takes a lock for a moment; imports under way go on.
drop index sheet_row_verdict_idx;
alter table sheet_row set (fillfactor = 45);
