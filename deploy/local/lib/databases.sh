# shellcheck shell=bash
# One database and one role for each service. A role owns its own database and can enter no other. The auditor and the
# redriver enter all of them and do what deploy/postgres/auditor.sql and redriver.sql say.

readonly ROLE_CONNECTION_LIMIT=120

database_name() { echo "${1//-/_}"; }

database_url() { role_url "$(database_name "$1")" "$1"; }

# role_url <role> <service>: how the role enters the service's database.
role_url() { echo "postgresql://$1:$(secret "$1")@127.0.0.1:$(port postgres-primary)/$(database_name "$2")"; }

# Idempotent: also repairs passwords, limits and rights after a change here.
create_databases() {
    local service name
    {
        role_sql replicator 'replication connection limit 8'
        role_sql auditor 'connection limit 20'
        role_sql redriver 'connection limit 20'
        role_sql monitor 'connection limit 10'
        echo 'grant pg_monitor to monitor;'
        for service in "${OWNERS_OF_DATA[@]}"; do
            role_sql "$(database_name "$service")" "connection limit $ROLE_CONNECTION_LIMIT"
        done
        # A lost cart is an annoyance, a lost order is not: carts need not wait for a synchronous standby.
        echo 'alter role cart set synchronous_commit = local;'
    } | run_sql postgres
    for service in "${OWNERS_OF_DATA[@]}"; do
        name=$(database_name "$service")
        [[ $(query primary postgres "select count(*) from pg_database where datname = '$name'") == 1 ]] \
            || echo "create database $name owner $name;" | run_sql postgres
        run_sql postgres <<EOF
alter database $name owner to $name;
revoke all on database $name from public;
EOF
        run_sql "$name" --single-transaction <"$SOUK_ROOT/deploy/postgres/auditor.sql"
        run_sql "$name" --single-transaction <"$SOUK_ROOT/deploy/postgres/redriver.sql"
    done
    echo 'grant connect on database postgres to monitor;' | run_sql postgres
    echo 'revoke connect on database postgres from public; revoke connect on database template1 from public;' | run_sql postgres
}

role_sql() {
    cat <<EOF
do \$\$ begin
    if not exists (select from pg_roles where rolname = '$1') then create role $1; end if;
end \$\$;
alter role $1 with login $2 nosuperuser nocreatedb nocreaterole password '$(secret "$1")';
EOF
}
