-- An entry and an account are asked for by their id from anywhere in one's range, by the console and by paths; the keys begin with
-- the home, so each such question read the whole table: 115 ms for one path at 250,000 entries, and more with every entry. Nothing
-- lists entries by division: that index gives its place to the one by id. Built under a lock, seconds for a million entries.
create index ledger_account_id_idx on ledger_account (id);
create index ledger_entry_id_idx on ledger_entry (id, division_code);
drop index ledger_entry_division_idx;
