-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Which run a request has become, by the request's id: its own, or one that it joined. It goes with the run.
create table if not exists request (
  id  varchar(200) primary key,
  run varchar(200) not null references run (id) on delete cascade
);
create index if not exists request_of_run on request (run);
insert into request (id, run) select request_id, id from run where request_id is not null on conflict do nothing;

-- A request asks for one unfinished run of its site, of which there may be ten thousand.
create index if not exists run_waiting on run (site, state, queued_at);
