-- The provider's books as its journal tells them: one row for each intent that ever held or moved money.
create table provider_books (
    provider_intent text primary key,
    payment_id      text,
    order_id        text,
    authorized      bigint not null,
    captured        bigint not null,
    refunded        bigint not null,
    is_voided       boolean not null,
    updated_at      timestamptz not null default now()
);
create index provider_books_recent on provider_books (updated_at);

-- How far the journal has been read: one row.
create table provider_journal_place (
    is_the_one boolean primary key default true check (is_the_one),
    sequence   bigint not null
);
insert into provider_journal_place (sequence) values (0);

-- What changed lately is compared.
create index payments_recent on payments (updated_at);
