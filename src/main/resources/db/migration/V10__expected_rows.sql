-- What the site's answers told of the rows that its dump should hold: JSON, rows by table.
alter table run add column if not exists expected_rows varchar(100000) not null default '{}';
