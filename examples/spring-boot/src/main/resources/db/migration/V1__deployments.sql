create table deployment (id int primary key, version varchar(40) not null);
