-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- What happened in a run, a line an entry: when, kind and sentence, with tabs between. In the row, so that the write that an entry belongs to
-- takes it along, and it goes with the run.
alter table run add column if not exists timeline varchar(1000000) not null default '';
-- How many entries there were; the lines end at 200.
alter table run add column if not exists noted integer not null default 0;
