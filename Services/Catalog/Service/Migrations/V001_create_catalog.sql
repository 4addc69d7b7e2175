-- Products as the staff writes them. Codes are compared byte by byte, as the services do.
create table products (
  sku text collate "C" primary key,
  name text not null check (length(name) between 1 and 200),
  description text not null check (length(description) <= 5000),
  price_minor bigint not null check (price_minor between 0 and 100000000),
  currency text not null check (currency = 'GBP'),
  image_url text,
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  search tsvector not null generated always as (
    setweight(to_tsvector('english'::regconfig, name), 'A')
      || setweight(to_tsvector('simple'::regconfig, sku), 'A')
      || setweight(to_tsvector('english'::regconfig, description), 'C')) stored
);
create index products_search on products using gin (search);

-- Where a product's pieces are: available + held + shipped = the sum of its receipts, always.
create table stock (
  sku text collate "C" primary key references products (sku),
  available bigint not null check (available between 0 and 1000000000),
  held bigint not null default 0 check (held >= 0),
  shipped bigint not null default 0 check (shipped >= 0),
  -- Rises with every change that a shopper can see, of the stock and of the product.
  revision bigint not null default 1
) with (fillfactor = 70);

-- What came in and what was lost, as the staff reported it.
create table stock_receipts (
  id bigint generated always as identity primary key,
  sku text collate "C" not null references stock (sku),
  delta bigint not null check (delta <> 0),
  reason text not null check (reason in ('opening', 'restock')),
  account_id text not null,
  at timestamptz not null default now()
);
create index stock_receipts_sku on stock_receipts (sku);

-- One row for each order that was heard of; it also remembers the outcome for commands that come again.
create table reservations (
  order_id text primary key,
  state text not null check (state in ('held', 'committed', 'released', 'rejected')),
  shortages jsonb not null default '[]',
  -- Rises with every answer.
  version bigint not null default 1,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
) with (fillfactor = 80);

create table reservation_lines (
  order_id text not null references reservations (order_id),
  sku text collate "C" not null references stock (sku),
  quantity bigint not null check (quantity > 0),
  primary key (order_id, sku)
);
create index reservation_lines_sku on reservation_lines (sku);
