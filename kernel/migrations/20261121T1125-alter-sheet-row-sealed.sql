-- What an operation calls private (citizen numbers, telephones) lay in clear in the rows of an import from reading to commit. A
-- cipher for each row cost a fifth of a dry run: the private fields of a chunk are sealed as one text, at its first row.
alter table sheet_row add column sealed text;
alter table sheet_row add column sealed_row integer;
comment on column sheet_row.sealed is '密封内容 — private fields of the rows of one chunk by their ordinal, sealed; `input` is without them';
comment on column sheet_row.sealed_row is '密封位置 — ordinal of the row that holds this row''s private fields; null = it has none';
