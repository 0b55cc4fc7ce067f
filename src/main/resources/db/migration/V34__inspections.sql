-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Of a backup that another client took, which this run only verifies: when it had begun and ended, by our clock.
alter table run add column if not exists taken_from timestamp(3) with time zone;
alter table run add column if not exists taken_until timestamp(3) with time zone;

-- The run of the last good backup: of two it is the one that was found good later, whichever ended first by whose clock.
alter table standing add column if not exists last_good_run varchar(200);
update standing set last_good_run = (
  select r.id from run r
  where r.site = standing.site and r.state in ('completed', 'warning')
  order by r.ended_at desc, r.id desc limit 1)
  where last_good_run is null and last_good_at is not null;
-- Since when it is known that the last good backup's files are gone; null: they are not, as far as is known.
alter table standing add column if not exists gone_at timestamp(3) with time zone;
-- Why it is missed, where that is known: a kind of error, and a sentence.
alter table standing add column if not exists missed_kind varchar(30);
alter table standing add column if not exists missed_reason varchar(2000);

-- When each site is next asked for its records, and what it said last.
create table if not exists site_inspection (
  site          varchar(64)  primary key,
  due_at        timestamp(3) with time zone not null,
  -- by then the node that inspects the site is through; null: none does
  claimed_until timestamp(3) with time zone,
  -- when the last inspection ended, answered or not
  inspected_at  timestamp(3) with time zone,
  -- when the last good backup was last looked for
  looked_at     timestamp(3) with time zone,
  -- since when the site has not answered; null: it has
  unanswered    timestamp(3) with time zone,
  -- why there is nothing new, for whoever misses a backup
  note_kind     varchar(30),
  note          varchar(2000)
);
create index if not exists site_inspection_due on site_inspection (due_at);
