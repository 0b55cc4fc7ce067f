-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Bytes of the archive of the site's last good backup; null: it has none, or none that history.keep has left.
alter table standing add column if not exists last_good_size bigint;
update standing set last_good_size = (
    select size from site_day where site_day.site = standing.site and size is not null
    order by utc_day desc limit 1)
  where last_good_size is null and last_good_at is not null;
