-- A paper about a person in need is rendered from sealed facts: whoever holds the database alone reads none of it.
alter table document add column facts_sealed text;
comment on column document.facts_sealed is '密封内容 — the facts of a paper about a person, sealed; `facts` is then empty';
