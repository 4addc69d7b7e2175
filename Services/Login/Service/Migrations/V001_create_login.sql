create table accounts (
    id            text        primary key,
    email         text        not null unique,
    name          text        not null,
    password_hash text        not null,
    scopes        text[]      not null default '{shopper}',
    version       bigint      not null default 1,
    created_at    timestamptz not null default now(),
    updated_at    timestamptz not null default now()
);

-- A login session is the family of all refresh tokens that came out of one login.
create table sessions (
    id           text        primary key,
    account_id   text        not null references accounts (id),
    address_hash bytea       not null,
    created_at   timestamptz not null default now(),
    ended_at     timestamptz,
    end_reason   text,
    check ((ended_at is null) = (end_reason is null))
);
create index sessions_account on sessions (account_id, address_hash, created_at);

-- Only hashes: who reads this table cannot log in with it.
create table refresh_tokens (
    hash       bytea       primary key,
    session_id text        not null references sessions (id) on delete cascade,
    created_at timestamptz not null default now(),
    expires_at timestamptz not null,
    used_at    timestamptz
);
create index refresh_tokens_session on refresh_tokens (session_id);
create index refresh_tokens_expiry on refresh_tokens (expires_at);

-- Keys for access tokens. private_key is encrypted if the service was given a secret for it.
create table signing_keys (
    id           text        primary key,
    private_key  bytea       not null,
    is_encrypted boolean     not null,
    active_at    timestamptz not null,
    created_at   timestamptz not null default now()
);
