-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- What each downloaded archive holds. The last one of a site and profile outlives its archive: the next one is compared with it.
create table if not exists archive_census (
  site        varchar(64) not null,
  backupid    varchar(64) not null,
  profile     integer     not null,
  begun_at    timestamp(3) with time zone not null,
  file_count  bigint      not null,
  -- unpacked
  byte_count  bigint      not null,
  table_count integer     not null,
  row_count   bigint      not null,
  -- the tables: their rows, and where they lie among the keys; JSON, deflated
  tables      bytea       not null,
  primary key (site, backupid)
);
create index if not exists archive_census_at on archive_census (site, profile, begun_at);
