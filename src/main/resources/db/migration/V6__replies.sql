-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Outcomes that the senders of a trigger wait for: one row a request that named where to, until its reply is sent.
create table if not exists reply (
  -- the hash of what was asked for: a message that comes again asks for no second one
  id           varchar(64)   primary key,
  run          varchar(200)  not null,
  trigger_name varchar(64)   not null,
  destination  varchar(2000) not null,
  correlation  varchar(2000),
  created_at   timestamp(3) with time zone not null,
  -- a node that takes it moves this ahead: nobody else sends it meanwhile
  due_at       timestamp(3) with time zone not null,
  attempts     integer       not null default 0
);
create index if not exists reply_due on reply (trigger_name, due_at, run);
create index if not exists reply_of_run on reply (run);
