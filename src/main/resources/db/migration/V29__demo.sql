-- Whether the history of this store is made up, for the demo: whoever shows it says so.
alter table installation add column if not exists demo boolean not null default false;
