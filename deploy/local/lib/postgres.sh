# shellcheck shell=bash
# PostgreSQL: a primary and a streaming standby, as ordinary processes with their data under the home.

# The folder that holds both data folders: inside the home, or beside it when the database user cannot get there.
postgres_folder() { readlink -f "$SOUK_HOME/postgres"; }

# PostgreSQL refuses to run as root: then its processes run as Debian's user for them.
as_postgres() {
    if ((EUID == 0)); then
        (cd / && runuser -u postgres -- "$@")
    else
        (cd / && "$@")
    fi
}

prepare_postgres_folder() {
    local folder
    folder="$SOUK_HOME/postgres"
    mkdir -p "$SOUK_HOME"
    if [[ -e $folder ]]; then
        return 0
    fi
    if ((EUID == 0)) && ! as_postgres test -x "$SOUK_HOME" 2>/dev/null; then
        local elsewhere
        elsewhere="/var/tmp/souk-$(home_hash)"
        step "The user postgres cannot enter $SOUK_HOME: the database's files go to $elsewhere"
        [[ ! -L $elsewhere ]] || fail "$elsewhere is a link; remove it."
        mkdir -p "$elsewhere"
        ln -s "$elsewhere" "$folder"
    else
        mkdir -p "$folder"
    fi
    if ((EUID == 0)); then chown postgres: "$folder/."; fi
    chmod 700 "$folder/."
}

create_primary() {
    local data
    data="$(postgres_folder)/primary"
    if ! as_postgres test -f "$data/PG_VERSION"; then
        step "Creating the PostgreSQL primary"
        # The password comes by a pipe, so that it is in no argument list and no readable file.
        # The script comes as text, because the database's user may not be able to read this checkout.
        secret postgres | as_postgres bash -c "$(<"$SOUK_ROOT/deploy/local/tools/create-cluster")" create-cluster \
            "$(postgres_binaries)" "$data" \
            >"$LOGS_FOLDER/initdb.log" 2>&1 || fail "initdb failed; see $LOGS_FOLDER/initdb.log."
    fi
    install_postgres_settings primary
}

install_postgres_settings() {
    as_postgres tee "$(postgres_folder)/$1/souk.conf" <"$SOUK_ROOT/deploy/local/config/postgresql.conf" >/dev/null
}

start_postgres() {
    local role=$1 user_line=''
    if ((EUID == 0)); then user_line='user = postgres'; fi
    write_program "postgres-$role" 10 INT \
        "$(postgres_binaries)/postgres -D \"$(postgres_folder)/$role\" -c port=$(port "postgres-$role") -c cluster_name=souk-$role" \
        "$user_line"
    control start "postgres-$role"
    wait_until 180 postgres_answers "$role" || fail_with_log "postgres-$role"
}

postgres_answers() {
    [[ $(query "$1" postgres 'select 1') == 1 ]]
}

# query <primary|standby> <database> <sql>: the bare answer.
query() {
    PGPASSWORD=$(secret postgres) PGCONNECT_TIMEOUT=10 "$(postgres_binaries)/psql" -XqAt -v ON_ERROR_STOP=1 \
        -h 127.0.0.1 -p "$(port "postgres-$1")" -U postgres -d "$2" -c "$3"
}

# run_sql <database> [psql's options…]: the statements on stdin, on the primary.
run_sql() {
    PGPASSWORD=$(secret postgres) PGOPTIONS='-c client_min_messages=warning' "$(postgres_binaries)/psql" -Xq \
        -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$(port postgres-primary)" -U postgres -d "$1" "${@:2}" -f - >/dev/null
}

# A standby is copied from the primary once, and again only when its slot has lost the log that it needs.
create_standby() {
    local data
    data="$(postgres_folder)/standby"
    if as_postgres test -f "$data/PG_VERSION" && [[ $(slot_state) != lost ]]; then
        install_postgres_settings standby
        return 0
    fi
    step "Copying the primary to the streaming standby"
    control stop postgres-standby >/dev/null 2>&1 || true
    as_postgres rm -rf "$data" "$data.new"
    query primary postgres "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = 'standby'" >/dev/null
    query primary postgres "select pg_create_physical_replication_slot('standby', true)" >/dev/null
    PGPASSWORD=$(secret replicator) as_postgres "$(postgres_binaries)/pg_basebackup" --pgdata="$data.new" \
        --host=127.0.0.1 --port="$(port postgres-primary)" --username=replicator --slot=standby \
        --wal-method=stream --checkpoint=fast --write-recovery-conf --no-password \
        >"$LOGS_FOLDER/basebackup.log" 2>&1 || fail "The copy failed; see $LOGS_FOLDER/basebackup.log."
    as_postgres mv "$data.new" "$data"
}

slot_state() { query primary postgres "select wal_status from pg_replication_slots where slot_name = 'standby'"; }

standby_streams() {
    [[ $(query primary postgres "select count(*) from pg_stat_replication where state = 'streaming'") == 1 ]]
}
