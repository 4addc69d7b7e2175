-- The ledger: double entry, append-only. A transaction has one currency and adds up to zero in each layer; what changes
-- currencies would be two transactions through a clearing account.

create table ledger_accounts (
    code text primary key,
    kind text not null check (kind in ('asset', 'liability', 'income', 'expense'))
);

insert into ledger_accounts (code, kind) values
    ('customer-receivable', 'asset'),
    ('psp-clearing', 'asset'),
    ('cash', 'asset'),
    ('sales', 'income'),
    ('shipping', 'income'),
    ('refunds', 'expense'),
    ('fees', 'expense'),
    ('disputes', 'expense'),
    ('tax', 'liability');

-- kind: 1 authorize, 2 capture, 3 void, 4 refund.
create table ledger_transactions (
    id         text primary key,
    kind       smallint not null check (kind between 1 and 4),
    ref        text not null,
    order_id   text not null,
    currency   text not null check (currency ~ '^[A-Z]{3}$'),
    pending_id text references ledger_transactions (id),
    created_at timestamptz not null default now(),
    unique (kind, ref),
    check ((pending_id is not null) = (kind in (2, 3)))
);
-- An authorization is captured or voided, once.
create unique index ledger_transactions_resolved_once on ledger_transactions (pending_id) where kind in (2, 3);
create index ledger_transactions_order on ledger_transactions (order_id);

-- layer: 0 posted, 1 pending. A debit is positive, a credit negative.
-- No foreign key to the account: it would lock the row of a hot account with every posting. The check below looks it up.
create table ledger_entries (
    transaction_id text not null references ledger_transactions (id),
    seq            smallint not null,
    account        text not null,
    amount         bigint not null check (amount <> 0),
    layer          smallint not null check (layer in (0, 1)),
    primary key (transaction_id, seq)
);
create index ledger_entries_account on ledger_entries (account, layer);

create function ledger_check_transaction(txn text) returns void language plpgsql as $$
declare
    entries    bigint;
    unbalanced boolean;
    unknown    boolean;
begin
    select coalesce(sum(g.entries), 0), coalesce(bool_or(g.total <> 0), false), coalesce(bool_or(g.unknown), false)
      into entries, unbalanced, unknown
      from (select count(*) as entries, sum(e.amount) as total, bool_or(a.code is null) as unknown
              from ledger_entries e left join ledger_accounts a on a.code = e.account
             where e.transaction_id = txn
             group by e.layer) g;
    if entries < 2 then
        raise exception 'ledger transaction % has % entries', txn, entries
            using errcode = 'check_violation', constraint = 'ledger_has_entries';
    end if;
    if unbalanced then
        raise exception 'ledger transaction % does not add up to zero', txn
            using errcode = 'check_violation', constraint = 'ledger_sums_to_zero';
    end if;
    if unknown then
        raise exception 'ledger transaction % has an unknown account', txn
            using errcode = 'foreign_key_violation', constraint = 'ledger_accounts_known';
    end if;
end $$;

create function ledger_check_new_transaction() returns trigger language plpgsql as $$
begin
    perform ledger_check_transaction(new.id);
    return null;
end $$;

create function ledger_check_new_entry() returns trigger language plpgsql as $$
begin
    perform ledger_check_transaction(new.transaction_id);
    return null;
end $$;

-- At commit, when all entries are there.
create constraint trigger ledger_transaction_balanced after insert on ledger_transactions
    deferrable initially deferred for each row execute function ledger_check_new_transaction();
create constraint trigger ledger_entry_balanced after insert on ledger_entries
    deferrable initially deferred for each row execute function ledger_check_new_entry();

create function ledger_is_append_only() returns trigger language plpgsql as $$
begin
    raise exception 'the ledger is append-only: % on % is refused', tg_op, tg_table_name
        using errcode = 'insufficient_privilege', constraint = 'ledger_append_only';
end $$;

create trigger ledger_transactions_append_only before update or delete or truncate on ledger_transactions
    for each statement execute function ledger_is_append_only();
create trigger ledger_entries_append_only before update or delete or truncate on ledger_entries
    for each statement execute function ledger_is_append_only();
create trigger ledger_accounts_append_only before update or delete or truncate on ledger_accounts
    for each statement execute function ledger_is_append_only();
