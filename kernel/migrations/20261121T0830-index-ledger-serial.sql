-- A piece is looked up by the number on its plate, whatever it is and wherever it is stored; the key begins with the home.
create index ledger_serial_move_number_idx on ledger_serial_move (serial_no, asset, entry_id);
