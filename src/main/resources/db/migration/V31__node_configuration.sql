-- Which configuration a node runs with: nodes of one store should run with the same. Null: its
-- version does not tell.
alter table node add column configuration varchar(64);
