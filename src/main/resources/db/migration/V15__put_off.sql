-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- When due_at was set anew, to a later attempt: a clock that was wrong then has put the run off for too long.
alter table run add column if not exists put_off_at timestamp(3) with time zone;
