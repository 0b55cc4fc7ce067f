-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- How often the routes have left the run without an end, by a fault of this program or of a changed route file.
alter table run add column if not exists internal_failures integer not null default 0;
