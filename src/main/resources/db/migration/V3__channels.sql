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
-- watched: from their first run on; a site that is overdue already gets no second time. What is off or gone is let go at the start.
insert into standing (site, watched, entered_at, last_good_at)
  select site, true, min(queued_at), max(case when state in ('completed', 'warning') then ended_at end)
  from run group by site
  on conflict do nothing;
update standing set failures = (
  select count(*) from run where run.site = standing.site and run.state = 'failed'
    and (standing.last_good_at is null or run.ended_at > standing.last_good_at));
update standing set
  failed_at = (select max(run.ended_at) from run where run.site = standing.site and run.state = 'failed'),
  failed_run = (
    select run.id from run where run.site = standing.site and run.state = 'failed'
    order by run.ended_at desc, run.id desc limit 1)
  where failures > 0;

-- Of one subject (a run, a site) a channel is told in order.
alter table outbox add column if not exists subject varchar(200) not null default '';
update outbox set subject = substring(regexp_replace(event_id, '/[a-z]+$', '') from 1 for 200)
  where subject = '' and delivered_at is null;
-- What it waits in together with others, to come in one message: 'digest 24h', 'quiet', 'gather', 'gather missed'; null: goes alone.
alter table outbox add column if not exists waits_in varchar(60);
-- The message of several rows that it has become a part of.
alter table outbox add column if not exists batch varchar(100);
-- Waits, or has waited, for others of the same cause: how many there were lately tells a storm.
alter table outbox add column if not exists alarm boolean not null default false;
create index if not exists outbox_alarms on outbox (channel, alarm, created_at);
-- From then on its delivery is tried.
alter table outbox add column if not exists ready_at timestamp(3) with time zone not null default current_timestamp;
update outbox set ready_at = created_at where ready_at > created_at;
create index if not exists outbox_of_batch on outbox (batch, id);
-- Events are large, and H2 keeps them in the row: a look that reads the rows of 5,000 that wait took seconds (measured:
-- bench/OutboxBenchmark). So each look has an index that holds all that it asks about.
-- What is due, waits or goes as one message.
create index if not exists outbox_open
  on outbox (channel, delivered_at, parked_at, batch, waits_in, owner, due_at, created_at, attempts, subject, id);
create index if not exists outbox_of_owner on outbox (channel, owner, delivered_at, parked_at);
-- What is not delivered, of all channels at once: for status, health and metrics.
create index if not exists outbox_undelivered
  on outbox (delivered_at, ready_at, channel, parked_at, waits_in, batch, attempts, due_at, id);

-- Channels of which another one was told that they could not be told; until they take something again.
create table if not exists told_parked (
  channel varchar(64) primary key,
  told_at timestamp(3) with time zone not null
);
