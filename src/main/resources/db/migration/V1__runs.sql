-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- One row a node that is alive, with the instant until which it may be taken for alive.
create table if not exists node (
  id          varchar(200) primary key,
  alive_until timestamp(3) with time zone not null
);

-- Rows to lock, so that two nodes never decide the same thing at once.
create table if not exists latch (
  name varchar(100) primary key
);
insert into latch (name) values ('claim') on conflict do nothing;

-- Texts are varchar: H2 keeps "text" as a large object apart from the row, which slows each checkpoint.
-- The durable queue and the history in one: a run is a row from its request to its outcome.
create table if not exists run (
  id            varchar(200) primary key,
  request_id    varchar(200) unique,
  site          varchar(64)  not null,
  host          varchar(255) not null,
  -- the site from the first claim to the end, else null: the promise of one running backup a site
  active_site   varchar(64)  unique,
  state         varchar(10)  not null,
  trigger_kind  varchar(10)  not null,
  profile       integer      not null,
  description   varchar(4000) not null,
  comment_text  varchar(100000) not null,
  overrides     varchar(100000) not null,
  due_at        timestamp(3) with time zone not null,
  queued_at     timestamp(3) with time zone not null,
  started_at    timestamp(3) with time zone,
  ended_at      timestamp(3) with time zone,
  owner         varchar(200),
  claim         bigint       not null default 0,
  attempts      integer      not null default 0,
  recoveries    integer      not null default 0,
  -- the API method that is about to be sent, or was when we died; null while nothing is
  sending       varchar(20),
  backupid      varchar(200),
  record_id     bigint,
  archive       varchar(1000) not null default '',
  parts         integer      not null default 0,
  size          bigint       not null default 0,
  domain        varchar(100) not null default '',
  step          varchar(1000) not null default '',
  step_number   integer      not null default 0,
  steps         integer      not null default 0,
  progress      integer      not null default 0,
  sleep_time    bigint       not null default 0,
  has_run       boolean      not null default false,
  answered_at   timestamp(3) with time zone,
  -- calls since the last answer that may have begun on the site, and whose answer never came
  lost          integer      not null default 0,
  -- the newest record on the site before startBackup: what we started has a higher number
  newest_record bigint,
  retries_unreachable integer not null default 0,
  retries_untrusted   integer not null default 0,
  warning_count integer      not null default 0,
  warnings      varchar(1000000) not null default '[]',
  error_kind    varchar(30),
  error_message varchar(4000),
  outcome       varchar(1000000)
);
-- claiming and counting look at open rows only; without it a burst of rows was planned for seconds
create index if not exists run_open on run (state, due_at, site);
create index if not exists run_of_site on run (site, queued_at);

-- Records on the sites that our runs have made: they are never somebody else's backup.
create table if not exists own_record (
  id        bigint generated always as identity primary key,
  site      varchar(64)  not null,
  run       varchar(200) not null,
  backupid  varchar(200) not null,
  record_id bigint
);
create index if not exists own_record_of_site on own_record (site, backupid);
create index if not exists own_record_of_run on own_record (run);

-- What must be told: one row an event and channel, written with the change that it tells of.
create table if not exists outbox (
  id           bigint generated always as identity primary key,
  event_id     varchar(250) not null,
  channel      varchar(64)  not null,
  event        varchar(1000000) not null,
  created_at   timestamp(3) with time zone not null,
  due_at       timestamp(3) with time zone not null,
  attempts     integer      not null default 0,
  delivered_at timestamp(3) with time zone,
  parked_at    timestamp(3) with time zone,
  -- the node that is delivering it, or was when it died; null while nobody is
  owner        varchar(200),
  last_error   varchar(4000),
  constraint outbox_once unique (event_id, channel)
);
create index if not exists outbox_due on outbox (channel, delivered_at, parked_at, id);
