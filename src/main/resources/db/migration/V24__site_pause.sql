-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- The pauses of sites, a row each: no fire of the schedule is for a site that is paused.
create table if not exists site_pause (
  id        bigint generated always as identity primary key,
  site      varchar(64)  not null,
  -- the site while no other pause of it may begin, else null; a pause whose until_at has passed is over all the same
  open_site varchar(64)  unique,
  since     timestamp(3) with time zone not null,
  -- when it ends by itself; null: when a user ends it
  until_at  timestamp(3) with time zone,
  -- when a user has ended it, or its until_at where a later one has begun
  ended_at  timestamp(3) with time zone,
  reason    varchar(1000) not null,
  by_whom   varchar(200) not null
);
create index if not exists site_pause_of_site on site_pause (site, since);
create index if not exists site_pause_ended on site_pause (ended_at);
