-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- What is asked each second about all that is running, of ten thousand runs: whose they are, and which of them a user has
-- stopped. The index holds all that these questions name, so that no row is read for them.
create index if not exists run_of_owner on run (running_on, owner, stop_asked, claim, id);
drop index if exists run_running;
