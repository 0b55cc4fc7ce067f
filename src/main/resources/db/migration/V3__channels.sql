-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- How each site stands, written with the change that it tells of: it outlives the runs that history.keep deletes.
create table if not exists standing (
  site         varchar(64) primary key,
  -- false: switched off or taken out of sites.yaml; nothing is missed then
  watched      boolean     not null default false,
  entered_at   timestamp(3) with time zone not null,
  last_good_at timestamp(3) with time zone,
  -- failed runs in a row since then, and the last of them
  failures     integer     not null default 0,
  failed_at    timestamp(3) with time zone,
  failed_run   varchar(200),
  -- told as overdue; null while it is not
  missed_at    timestamp(3) with time zone,
  -- what lasts has been told again until then
  reminded_at  timestamp(3) with time zone
);
insert into standing (site, entered_at, last_good_at)
  select site, min(queued_at), max(case when state in ('completed', 'warning') then ended_at end)
  from run group by site
  on conflict do nothing;

-- Of one subject (a run, a site) a channel is told in order.
alter table outbox add column if not exists subject varchar(200) not null default '';
create index if not exists outbox_of_subject on outbox (subject, channel, id);
-- What it waits in together with others, to come in one message: 'digest 24h', 'quiet', 'gather'; null: goes alone.
alter table outbox add column if not exists waits_in varchar(60);
-- The message of several rows that it has become a part of.
alter table outbox add column if not exists batch varchar(100);
-- From then on its delivery is tried.
alter table outbox add column if not exists ready_at timestamp(3) with time zone not null default current_timestamp;
update outbox set ready_at = created_at where ready_at > created_at;
create index if not exists outbox_of_batch on outbox (batch, id);
create index if not exists outbox_of_owner on outbox (owner);
-- What is not delivered, of all channels at once: for status, health and metrics.
create index if not exists outbox_undelivered on outbox (delivered_at, channel);

-- Channels of which another one was told that they could not be told; until they take something again.
create table if not exists told_parked (
  channel varchar(64) primary key,
  told_at timestamp(3) with time zone not null
);
