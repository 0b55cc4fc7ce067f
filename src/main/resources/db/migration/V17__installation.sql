-- What tells this installation from any other: one row, written at the first start.
create table if not exists installation (
  one integer     primary key,
  id  varchar(36) not null
);
