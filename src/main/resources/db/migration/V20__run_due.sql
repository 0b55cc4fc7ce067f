-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- A column and an index of its own for the runs that wait, and for those that are running: H2 has no partial indexes, and
-- an index that begins with the state is taken by PostgreSQL for all that names a state, where it has no statistics of a
-- queue that has just grown (measured: counting what runs on each host read all that was running, 50 s for 10,000 runs).
-- 0: to continue, 1: to begin; null unless queued
alter table run add column if not exists waiting smallint
  generated always as (case when state = 'queued' then case when active_site is null then 1 else 0 end end) ${stored};
-- the host; null unless running
alter table run add column if not exists running_on varchar(255)
  generated always as (case when state = 'running' then host end) ${stored};

-- In the order in which runs are claimed: a batch reads its own rows, however many wait behind them.
create index if not exists run_due on run (waiting, due_at, queued_at, id);
create index if not exists run_running on run (running_on);
drop index if exists run_open;
drop index if exists run_of_host;
