-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- The newest run of a site is the first entry of this index, however long its history is.
create index if not exists run_newest_of_site on run (site, queued_at desc, id desc);
drop index if exists run_of_site;
-- The last good run of a site and profile is the first of its entries that did not fail.
create index if not exists run_ended on run (site, profile, ended_at desc, id desc);
-- What is older than history.keep; without it each look for that would read the whole history.
create index if not exists run_old on run (ended_at);

-- How a site's runs of a day ended: one row a site and day, written with the end. The day is that of UTC.
create table if not exists site_day (
  site        varchar(64) not null,
  utc_day     date        not null,
  -- of these four the worst that was: missed, failed, warning, completed
  worst       varchar(10) not null,
  completed   integer     not null default 0,
  warning     integer     not null default 0,
  failed      integer     not null default 0,
  missed      integer     not null default 0,
  -- of the day's last good backup: bytes of its archive, and how long it took; null: there was none
  size        bigint,
  duration_ms bigint,
  primary key (site, utc_day)
);
create index if not exists site_day_old on site_day (utc_day);

insert into site_day (site, utc_day, worst, completed, warning, failed, size, duration_ms)
  select site, utc_day,
    case when max(failed) > 0 then 'failed' when max(warning) > 0 then 'warning' else 'completed' end,
    sum(completed), sum(warning), sum(failed),
    max(case when failed = 0 and place = 1 then size end),
    max(case when failed = 0 and place = 1 then duration_ms end)
  from (
    select site, utc_day, completed, warning, failed, size, duration_ms,
      row_number() over (partition by site, utc_day, failed order by ended_at desc, id desc) as place
    from (
      select id, site, ended_at, size,
        date '1970-01-01' + cast(floor(extract(epoch from ended_at) / 86400) as integer) as utc_day,
        case when state = 'completed' then 1 else 0 end as completed,
        case when state = 'warning' then 1 else 0 end as warning,
        case when state = 'failed' then 1 else 0 end as failed,
        cast((extract(epoch from ended_at) - extract(epoch from started_at)) * 1000 as bigint) as duration_ms
      from run where state in ('completed', 'warning', 'failed') and ended_at is not null) ended) placed
  group by site, utc_day
  on conflict do nothing;
-- Of missed backups only what still lasts is known.
insert into site_day (site, utc_day, worst, missed)
  select site, date '1970-01-01' + cast(floor(extract(epoch from missed_at) / 86400) as integer), 'missed', 1
  from standing where missed_at is not null
  on conflict do nothing;
update site_day set worst = 'missed', missed = 1
  where exists (
    select 1 from standing
    where standing.site = site_day.site
      and date '1970-01-01' + cast(floor(extract(epoch from standing.missed_at) / 86400) as integer) = site_day.utc_day);
