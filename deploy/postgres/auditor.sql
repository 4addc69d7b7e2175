-- What the auditor may read of a database: the columns that `soukctl audit` and `soukctl events` look at, and no others.
-- Password hashes, keys, tokens, addresses and stored answers are not among them, nor anything that a later migration adds.
--
-- To be run by a superuser in each service's database, in one transaction (`psql --single-transaction`), as often as one
-- likes. The role must exist. The services make their tables themselves when they start, so what is not there yet is granted
-- by an event trigger as it appears.

do $$ begin
    execute format('grant connect on database %I to auditor', current_database());
    execute format('revoke create, temporary on database %I from public, auditor', current_database());
end $$;
do $$ begin
    if pg_has_role('auditor', 'pg_read_all_data', 'member') then revoke pg_read_all_data from auditor; end if;
end $$;
revoke all on all tables in schema public from auditor;
-- Everybody may make large objects otherwise; nobody here does.
revoke execute on function lo_creat(integer), lo_create(oid), lo_from_bytea(oid, bytea) from public;
-- A habit, not the protection: that is the lack of rights.
alter role auditor set default_transaction_read_only = on;

create schema if not exists auditing;
grant usage on schema auditing to public;

-- Grants what there is so far of the tables that the caller owns. A column that is no more is passed over: a migration must
-- never fail because of the auditor.
create or replace function auditing.grant_reading() returns void language plpgsql set search_path = pg_catalog as $$
declare
    readable record;
begin
    for readable in
        select t.oid::regclass as relation, string_agg(quote_ident(a.attname), ', ') as columns
        from (values
            -- every service: how far its events are numbered, and how far it has applied those of others
            ('outbox', array['id', 'xid', 'part', 'agg_type', 'agg_id', 'agg_ver']),
            ('outbox_part', array['part', 'pseq']),
            ('outbox_tick', array['part', 'base', 'n', 'first_id', 'last_id', 's1', 's2']),
            ('inbox_cursor', array['grp', 'topic', 'part', 'pos']),
            ('inbox_parked', array['grp', 'topic', 'part', 'pseq', 'reason', 'dead']),
            -- order-tracking
            ('orders', array['id', 'checkout_id', 'status', 'total', 'currency', 'updated_at']),
            ('order_lines', array['order_id', 'line', 'sku', 'quantity', 'unit_price']),
            -- catalog
            ('stock', array['sku', 'available', 'held', 'shipped']),
            ('stock_receipts', array['sku', 'delta']),
            ('reservations', array['order_id', 'state']),
            ('reservation_lines', array['order_id', 'sku', 'quantity']),
            -- payments
            ('payments', array['order_id', 'status', 'authorized', 'captured', 'refunded', 'currency']),
            ('payment_commands', array['order_id', 'operation', 'state', 'received_at']),
            ('psp_calls', array['order_id', 'operation', 'state', 'created_at']),
            ('reconciliation_differences', array['provider_intent', 'ours', 'theirs', 'found_at', 'resolved_at']),
            ('ledger_transactions', array['id', 'order_id', 'currency']),
            ('ledger_entries', array['transaction_id', 'seq', 'account', 'layer', 'amount'])
        ) as wanted (name, columns)
        join pg_class t on t.relname = wanted.name and t.relnamespace = 'public'::regnamespace and t.relkind in ('r', 'p')
        join pg_attribute a on a.attrelid = t.oid and a.attname = any (wanted.columns) and not a.attisdropped
        where pg_has_role(t.relowner, 'usage')
        group by t.oid
    loop
        execute format('grant select (%s) on %s to auditor', readable.columns, readable.relation);
    end loop;
end $$;

create or replace function auditing.after_change() returns event_trigger language plpgsql as $$
begin
    perform auditing.grant_reading();
end $$;

drop event trigger if exists auditor_reads;
create event trigger auditor_reads on ddl_command_end when tag in ('CREATE TABLE', 'ALTER TABLE')
    execute function auditing.after_change();

select auditing.grant_reading();
