-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Archives that were brought home. Only what stands here is ever deleted at its place.
create table if not exists archive (
  site      varchar(64)    not null,
  backupid  varchar(64)    not null,
  record_id bigint         not null,
  profile   integer        not null,
  run       varchar(200)   not null,
  begun_at  timestamp(3) with time zone not null,
  kept_at   timestamp(3) with time zone not null,
  -- a folder, or an endpoint without its secrets
  place     varchar(2000)  not null,
  local     boolean        not null,
  -- the names of the files, a line each
  files     varchar(1000000) not null,
  size      bigint         not null,
  readable  boolean        not null,
  primary key (site, backupid)
);
create index if not exists archive_at on archive (site, profile);
