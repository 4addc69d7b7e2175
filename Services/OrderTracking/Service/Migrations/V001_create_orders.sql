create table orders (
    id text primary key,
    account_id text not null,
    checkout_id text not null constraint orders_one_per_checkout unique,
    payment_id text not null,
    payment_method_id text not null,
    status text not null,
    stock_step text not null,
    payment_step text not null,
    cancel_reason text,
    is_delivered boolean not null default false,
    currency char(3) not null,
    total bigint not null check (total >= 0),
    captured bigint not null default 0,
    refunded bigint not null default 0,
    shipping_address jsonb not null,
    version bigint not null default 1,
    -- The saga's clock: when the step is given up, when its unanswered commands are sent again, how often they were.
    step_deadline timestamptz,
    next_check_at timestamptz,
    checks integer not null default 0,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    check (captured between 0 and total),
    check (refunded between 0 and captured)
);

-- A customer's orders, newest first: identifiers begin with the time.
create index orders_by_account on orders (account_id, id desc);
create index orders_to_check on orders (next_check_at) where next_check_at is not null;
create index orders_by_status on orders (status, id) where status not in ('delivered', 'cancelled', 'refunded');

create table order_lines (
    order_id text not null references orders,
    line integer not null,
    sku text not null,
    name text not null,
    quantity integer not null check (quantity > 0),
    unit_price bigint not null check (unit_price >= 0),
    primary key (order_id, line)
);

create table order_timeline (
    order_id text not null references orders,
    entry integer not null,
    status text not null,
    detail text,
    at timestamptz not null default now(),
    primary key (order_id, entry)
);

create table shipments (
    id text primary key,
    order_id text not null constraint shipments_one_per_order unique references orders,
    carrier text not null,
    tracking_number text not null,
    created_at timestamptz not null default now()
);

create table refunds (
    id text primary key,
    order_id text not null references orders,
    amount bigint not null check (amount > 0),
    reason text not null,
    state text not null check (state in ('requested', 'refunded', 'failed')),
    failure text,
    created_at timestamptz not null default now(),
    settled_at timestamptz
);

create index refunds_by_order on refunds (order_id);
