-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- The SHA-256 of the files, a line each, in their order; null: an earlier version has downloaded it.
alter table archive add column if not exists checksums varchar(1000000);
-- When it was last read from its first byte to its last; null: when it was downloaded.
alter table archive add column if not exists verified_at timestamp(3) with time zone;
-- Since when it is known to be damaged or gone, and what is wrong; null: nothing is.
alter table archive add column if not exists damaged_at timestamp(3) with time zone;
alter table archive add column if not exists damage varchar(2000);
-- Why it could not be fetched anew; null: it was not tried, or is not damaged.
alter table archive add column if not exists fetch_failure varchar(2000);
-- Whether its site was reported as missed for that.
alter table archive add column if not exists damage_missed boolean not null default false;
-- Since when its folder or endpoint could not be read, and whether that is reported.
alter table archive add column if not exists away_since timestamp(3) with time zone;
alter table archive add column if not exists away_reported boolean not null default false;
-- When it is read again, whatever the site's interval says; null: as that says.
alter table archive add column if not exists recheck_at timestamp(3) with time zone;
-- The node that reads it now.
alter table archive add column if not exists owner varchar(200);
-- Since when retention deletes it: files that are missing then are no damage.
alter table archive add column if not exists expired_at timestamp(3) with time zone;
