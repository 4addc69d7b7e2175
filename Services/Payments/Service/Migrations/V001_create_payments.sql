-- Payments: methods, payments, commands of order-tracking, calls to the provider, the ledger.
-- Card numbers have no column here: the provider alone knows them.

create table payment_methods (
    id             text primary key,
    account_id     text not null,
    provider_token text not null,
    brand          text not null,
    last4          text not null check (last4 ~ '^[0-9]{4}$'),
    exp_month      smallint not null check (exp_month between 1 and 12),
    exp_year       smallint not null check (exp_year between 2000 and 2999),
    created_at     timestamptz not null default now()
);
create index payment_methods_account on payment_methods (account_id, id);

-- One payment for one order. A row without an account is a tombstone: the void came before the authorization.
create table payments (
    id                text primary key,
    order_id          text not null unique,
    account_id        text,
    payment_method_id text,
    provider_token    text,
    provider_intent   text unique,
    status            text not null check (status in (
        'authorizing', 'authorized', 'declined', 'captured', 'partially_refunded', 'refunded', 'voided', 'failed')),
    currency          text not null check (currency ~ '^[A-Z]{3}$'),
    -- What the provider is asked to hold, and holds once the status says so.
    authorized        bigint not null check (authorized >= 0),
    captured          bigint not null default 0,
    refunded          bigint not null default 0,
    version           bigint not null default 0,
    created_at        timestamptz not null default now(),
    updated_at        timestamptz not null default now(),
    check (captured between 0 and authorized),
    check (refunded between 0 and captured)
);

-- Every command once, with the outcome that a re-sent one gets again.
-- queued: waits behind an earlier one of the same order. open: the provider is being asked. done: the reply is there.
create table payment_commands (
    id                text primary key,
    position          bigint generated always as identity,
    order_id          text not null,
    payment_id        text not null,
    operation         text not null check (operation in ('authorize', 'capture', 'void', 'refund')),
    amount            bigint,
    currency          text,
    refund_id         text,
    account_id        text,
    payment_method_id text,
    state             text not null check (state in ('queued', 'open', 'done')),
    reply_type        text,
    reply             bytea,
    received_at       timestamptz not null default now(),
    done_at           timestamptz,
    check ((state = 'done') = (reply is not null))
);
create index payment_commands_waiting on payment_commands (order_id, position) where state <> 'done';

-- One row for each intended call to the provider, committed before the call. Its id is that of the command that wants it,
-- and the Idempotency-Key at every try, for ever.
-- pending: not yet tried. calling: leased by an instance until next_at. unknown: tried, and nobody knows what happened.
-- A row leaves the last two only by a definite answer of the provider.
create table psp_calls (
    id              text primary key,
    payment_id      text not null,
    order_id        text not null,
    operation       text not null check (operation in ('authorize', 'capture', 'void', 'refund', 'inspect')),
    amount          bigint not null,
    currency        text not null,
    refund_id       text,
    provider_token  text,
    provider_intent text,
    state           text not null default 'pending' check (state in ('pending', 'calling', 'unknown', 'done')),
    attempts        integer not null default 0,
    next_at         timestamptz not null default now(),
    last_error      text,
    traceparent     text,
    outcome         text,
    outcome_code    text,
    provider_ref    text,
    created_at      timestamptz not null default now(),
    closed_at       timestamptz,
    check ((state = 'done') = (closed_at is not null))
);
create index psp_calls_due on psp_calls (next_at) where state <> 'done';
-- Calls that move money go one at a time for each payment.
create unique index psp_calls_one_open on psp_calls (payment_id) where state <> 'done' and operation <> 'inspect';

-- Webhooks that were taken in: an event id works once.
create table psp_events (
    id              text primary key,
    type            text not null,
    provider_intent text not null,
    received_at     timestamptz not null default now()
);

-- Where the provider's books and ours do not agree: a row has an age until a person, or a later look, resolves it.
create table reconciliation_differences (
    id              bigint generated always as identity primary key,
    payment_id      text,
    provider_intent text not null unique,
    ours            text not null,
    theirs          text not null,
    found_at        timestamptz not null default now(),
    resolved_at     timestamptz
);
