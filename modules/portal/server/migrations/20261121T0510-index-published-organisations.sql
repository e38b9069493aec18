-- The public register is filtered by kind, state, grade, list, year and charity. Filters that few organisations pass need
-- an index of their own; common ones are met while walking the register in the order of names. All are partial: other
-- collections pay nothing for them. No table of this room: the portal only reads.

create index item_organisation_kind_idx on publication.item ((body->>'kind'), (body->>'status'), division_code)
  where collection = 'organisations.organisation';
create index item_organisation_status_idx on publication.item ((body->>'status'), division_code)
  where collection = 'organisations.organisation' and body->>'status' <> 'registered';
create index item_organisation_grade_idx on publication.item ((body->>'grade'), division_code)
  where collection = 'organisations.organisation' and body->>'grade' is not null;
create index item_organisation_listing_idx on publication.item ((body->>'listing'), division_code)
  where collection = 'organisations.organisation' and body->>'listing' <> 'none';
create index item_organisation_year_idx on publication.item ((left(body->>'registeredOn', 4)), division_code)
  where collection = 'organisations.organisation';
create index item_organisation_charity_idx on publication.item (division_code, expires_on)
  where collection = 'organisations.organisation' and (body->>'charity') = 'true';
create index item_organisation_fundraising_idx on publication.item (division_code, expires_on)
  where collection = 'organisations.organisation' and (body->>'fundraisingQualified') = 'true';
