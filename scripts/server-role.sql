-- Creates the role with which the server of docker-compose.yml connects, and sets its password. It is no superuser, but owns the database and
-- what is in it, so that the server can migrate. Run on each start: the second time, only the password can change.
\getenv password SERVER_PASSWORD
\set QUIET on

select 'create role accounts_server login' where to_regrole('accounts_server') is null \gexec
alter role accounts_server password :'password';
alter database accounts owner to accounts_server;

-- What an earlier version of the server created as the superuser, except the parts of extensions.
select format('alter %s %s owner to accounts_server', kind, name)
from (
    select 'pg_class'::regclass as catalog, oid, case relkind when 'v' then 'view' else 'table' end as kind, oid::regclass::text as name, relowner as owner
    from pg_class where relnamespace = 'public'::regnamespace and relkind in ('r', 'p', 'v')
    union all
    select 'pg_proc', oid, 'routine', oid::regprocedure::text, proowner from pg_proc where pronamespace = 'public'::regnamespace
) objects
where owner <> 'accounts_server'::regrole
    and not exists (
        select from pg_depend where classid = objects.catalog and objid = objects.oid and deptype = 'e') \gexec
