-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Since when each site has had its schedule: a fire before that is not for it.
create table if not exists scheduled_site (
  site         varchar(64)  primary key,
  schedule     varchar(200) not null,
  since        timestamp(3) with time zone not null,
  -- of the trigger that an earlier version had for the site, milliseconds; null once the schedule's own has it
  earlier_fire bigint
);
create index if not exists scheduled_site_of on scheduled_site (schedule, site);

-- Up to here each site had a job and a trigger of its own, named after it, and a second trigger for a time that Quartz would leave out.
insert into scheduled_site (site, schedule, since, earlier_fire)
  select site, min(schedule), timestamp with time zone '1970-01-01 00:00:00+00', min(fire)
  from (
    select t.job_name as site, coalesce(c.cron_expression || ' ' || c.time_zone_id, t.description) as schedule,
      coalesce(f.sched_time, t.next_fire_time) as fire
    from qrtz_triggers t
    left join qrtz_cron_triggers c
      on c.sched_name = t.sched_name and c.trigger_name = t.job_name and c.trigger_group = t.job_group
    -- of a process that died while it wrote the row of this fire
    left join qrtz_fired_triggers f
      on f.sched_name = t.sched_name and f.trigger_name = t.trigger_name and f.trigger_group = t.trigger_group
    where t.sched_name = 'camel-akeeba-backup-camel-akeeba-backup' and t.job_group = 'backup'
  ) earlier
  where schedule is not null and fire > 0
  group by site
  on conflict do nothing;
delete from qrtz_fired_triggers where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_cron_triggers where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_simple_triggers where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_triggers where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_job_details where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_paused_trigger_grps where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_scheduler_state where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';
delete from qrtz_locks where sched_name = 'camel-akeeba-backup-camel-akeeba-backup';

-- PostgreSQL has it by this name; for H2 Quartz's script makes no index, and each fire looks for the next one.
create index if not exists idx_qrtz_t_nft_st on qrtz_triggers (sched_name, trigger_state, next_fire_time);
