-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- When a user asked that the run be stopped: whoever works on it looks before each call.
alter table run add column if not exists stop_asked timestamp(3) with time zone;
-- The newest runs first, of all sites: without it each list would sort the whole history.
create index if not exists run_newest on run (queued_at desc, id desc);
