-- Why: a batch acts as the role of whoever brought it; since officers import people, that is no longer always the registrar.
alter table sheet_batch add column created_as text not null default 'registrar';
comment on column sheet_batch.created_as is '导入人角色';
