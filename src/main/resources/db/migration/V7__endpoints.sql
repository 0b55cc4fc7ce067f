-- H2 commits each statement by itself: a process killed in here must find it can begin again.

-- Where the API of a site was found, so that it need not be searched for before each run.
create table if not exists endpoint (
  site     varchar(64)   primary key,
  -- the address and the kinds of credentials: with others it is searched for anew
  asked    varchar(2000) not null,
  url      varchar(2000) not null,
  product  varchar(20)   not null,
  version  varchar(10)   not null,
  found_at timestamp(3) with time zone not null
);
