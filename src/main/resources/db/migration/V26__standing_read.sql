-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- What a list of sites shows, so that it reads no run and no day: how the newest run ended, and the last good one.
alter table standing add column if not exists last_run varchar(200);
alter table standing add column if not exists last_state varchar(10);
alter table standing add column if not exists last_ended_at timestamp(3) with time zone;
alter table standing add column if not exists last_good_size bigint;
alter table standing add column if not exists last_good_ms bigint;
-- The first day of UTC of which anything is known.
alter table standing add column if not exists first_day date;
-- Rises with each change: whoever has read up to here reads what came later.
create sequence if not exists standing_change;
alter table standing add column if not exists change bigint not null default 0;
create index if not exists standing_change_of on standing (change);

update standing set last_run = (
  select r.id from run r where r.site = standing.site and r.ended_at is not null
  order by r.site, r.queued_at desc, r.id desc limit 1);
update standing set
  last_state = (select r.state from run r where r.id = standing.last_run),
  last_ended_at = (select r.ended_at from run r where r.id = standing.last_run)
  where last_run is not null;
update standing set
  last_good_size = (
    select d.size from site_day d where d.site = standing.site and d.size is not null
    order by d.utc_day desc limit 1),
  last_good_ms = (
    select d.duration_ms from site_day d where d.site = standing.site and d.size is not null
    order by d.utc_day desc limit 1)
  where last_good_at is not null;
update standing set first_day = date '1970-01-01' + cast(floor(extract(epoch from entered_at) / 86400) as integer);
update standing set first_day = (select min(d.utc_day) from site_day d where d.site = standing.site)
  where first_day > (select min(d.utc_day) from site_day d where d.site = standing.site);
update standing set change = nextval('standing_change') where change = 0;
