create table carts (
    id text primary key,
    -- Exactly one of the two says whose it is.
    account_id text constraint carts_one_per_account unique,
    guest_token_hash bytea constraint carts_one_per_guest unique,
    -- What at most one order may come of; renewed when the ordered lines are taken out.
    checkout_id text not null,
    version bigint not null default 1,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check ((account_id is null) <> (guest_token_hash is null))
);

create index guest_carts_by_age on carts (updated_at) where account_id is null;

create table cart_lines (
    cart_id text not null references carts on delete cascade,
    sku text not null,
    quantity integer not null constraint cart_lines_quantity check (quantity between 1 and 100000),
    place bigint generated always as identity,
    primary key (cart_id, sku)
);

-- Checkouts that became orders: taking the lines out is done once, however often it is asked for.
create table completed_checkouts (
    checkout_id text primary key,
    order_id text not null,
    completed_at timestamptz not null default now()
);
