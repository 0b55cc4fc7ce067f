-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Whose request it was: an API token's name, cli:<user>, trigger:<name>, application or schedule; null of an earlier version.
alter table run add column if not exists requested_by varchar(200);
