-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Restore tests: the queue and the record in one, a row from the request to the result.
create table if not exists proof (
  id           varchar(120) primary key,
  site         varchar(64)  not null,
  -- the site until the test has ended, else null: the promise of one test of a site at a time
  active_site  varchar(64)  unique,
  -- what was asked for: a record's number or a backupid; null: the newest archive
  asked_id     varchar(200),
  trigger_kind varchar(10)  not null,
  requested_by varchar(200) not null,
  asked_at     timestamp(3) with time zone not null,
  owner        varchar(200),
  claim        bigint       not null default 0,
  -- how often it was begun; what an ordered stop has left does not count
  attempts     integer      not null default 0,
  started_at   timestamp(3) with time zone,
  -- what it is doing, for who follows it
  progress     varchar(300),
  backupid     varchar(200),
  record_id    bigint,
  archive      varchar(1000),
  size         bigint,
  -- proved, unproved or untested; null: it has not ended
  verdict      varchar(10),
  checked_at   timestamp(3) with time zone,
  sha256       varchar(64),
  server       varchar(200),
  table_count  integer,
  row_count    bigint,
  -- how many rows each table had on the server, as JSON
  counts       varchar(1000000),
  -- that were read in the archive, whole
  files        bigint,
  reason       varchar(2000),
  node         varchar(255)
);
create index if not exists proof_of_site on proof (site, asked_at, id);
insert into latch (name) values ('proof') on conflict do nothing;

-- How the restore tests of each site stand, with the rest of what is known of it.
-- Since when they are wanted; null: they are not.
alter table standing add column if not exists proof_since timestamp(3) with time zone;
-- The last one that has ended, and how.
alter table standing add column if not exists proof_at timestamp(3) with time zone;
alter table standing add column if not exists proof_verdict varchar(10);
-- The last one that proved a backup, and what was counted where.
alter table standing add column if not exists proved_at timestamp(3) with time zone;
alter table standing add column if not exists proved_server varchar(200);
alter table standing add column if not exists proved_tables integer;
alter table standing add column if not exists proved_rows bigint;
-- Why the last one could not be made, as it was told; it is told again when it is another.
alter table standing add column if not exists untested_told varchar(500);
-- Since when it is told that a backup is not proved, or could not be tested for this cause.
alter table standing add column if not exists proof_told_at timestamp(3) with time zone;
-- When it was told that none has proved a backup for too long; null while one has.
alter table standing add column if not exists unproved_told_at timestamp(3) with time zone;
-- What lasts has been told again until then.
alter table standing add column if not exists proof_reminded_at timestamp(3) with time zone;
