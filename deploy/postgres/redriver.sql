-- What the redriver may do in a database: see where parked events wait, and let them be tried again, for `soukctl events redrive`.
-- It reads no event's contents, and changes nothing but when an event is tried.
--
-- To be run like auditor.sql, and for its revocations after it. The rights on tables that are not there yet come with them.

do $$ begin
    execute format('grant connect on database %I to redriver', current_database());
end $$;
revoke all on all tables in schema public from redriver;

create schema if not exists redriving;
grant usage on schema redriving to public;

-- Grants what there is so far of the tables that the caller owns. A column that is no more is passed over: a migration must
-- never fail because of the redriver.
create or replace function redriving.grant_rights() returns void language plpgsql set search_path = pg_catalog as $$
declare
    allowed record;
begin
    for allowed in
        select t.oid::regclass as relation, wanted.privilege, string_agg(quote_ident(a.attname), ', ') as columns
        from (values
            ('inbox_cursor', 'select', array['grp']),
            ('inbox_parked', 'select', array['grp', 'topic', 'part', 'epoch', 'pseq', 'event_id', 'subject']),
            ('inbox_parked', 'update', array['next_at', 'attempts', 'dead'])
        ) as wanted (name, privilege, columns)
        join pg_class t on t.relname = wanted.name and t.relnamespace = 'public'::regnamespace and t.relkind = 'r'
        join pg_attribute a on a.attrelid = t.oid and a.attname = any (wanted.columns) and not a.attisdropped
        where pg_has_role(t.relowner, 'usage')
        group by t.oid, wanted.privilege
    loop
        execute format('grant %s (%s) on %s to redriver', allowed.privilege, allowed.columns, allowed.relation);
    end loop;
end $$;

create or replace function redriving.after_change() returns event_trigger language plpgsql as $$
begin
    perform redriving.grant_rights();
end $$;

drop event trigger if exists redriver_acts;
create event trigger redriver_acts on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE')
    execute function redriving.after_change();

select redriving.grant_rights();
