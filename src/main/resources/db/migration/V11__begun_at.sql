-- The site that a run was begun on: its address as configured, and where its API was. It goes on there, or nowhere.
alter table run add column if not exists begun_url varchar(2000);
alter table run add column if not exists begun_endpoint varchar(2100);
