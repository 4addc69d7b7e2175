# shellcheck shell=bash
# What the tests need beside the code: two throw-away servers, a Python with grpcio, and a whole second shop.

readonly TEST_HOME="$SOUK_HOME/test"

make_test_python() {
    make_python "$SOUK_HOME/venv" "$SOUK_ROOT/deploy/local/config/test-requirements.txt"
    export SOUK_TEST_PYTHON="$SOUK_HOME/venv/bin/python"
}

# make_python <folder> <requirements file>: a Python with what the file lists.
make_python() {
    local folder=$1 requirements=$2
    if ! cmp -s "$requirements" "$folder/requirements.txt"; then
        step "Preparing Python: $(grep -v '^#' "$requirements" | paste -sd ' ')"
        rm -rf "$folder"
        /usr/bin/python3 -m venv "$folder"
        "$folder/bin/pip" install --quiet --only-binary=:all: -r "$requirements" \
            || fail "pip could not install what $requirements lists."
        cp "$requirements" "$folder/requirements.txt"
    fi
}

# A port that nobody listens on now.
free_port() {
    /usr/bin/python3 -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])'
}

# fail_with <log> <words>: the log goes with the servers' folder, so what it says is said here.
fail_with() {
    cat "$1" >&2 || true
    fail "$2"
}

# Without password and without fsync: their data lives for one run.
start_test_servers() {
    step "Starting the tests' own PostgreSQL and Redis"
    TEST_SERVERS=$(mktemp -d /var/tmp/souk-test-servers.XXXXXX)
    chmod 755 "$TEST_SERVERS"
    if ((EUID == 0)); then chown postgres: "$TEST_SERVERS"; fi
    local port
    port=$(free_port)
    as_postgres "$(postgres_binaries)/initdb" --pgdata="$TEST_SERVERS/postgres" --username=souk --auth=trust \
        --encoding=UTF8 --locale=C.UTF-8 --no-sync >"$TEST_SERVERS/initdb.log" || fail_with "$TEST_SERVERS/initdb.log" "initdb failed."
    without_lock as_postgres "$(postgres_binaries)/pg_ctl" -D "$TEST_SERVERS/postgres" -l "$TEST_SERVERS/postgres/server.log" -w -t 300 -o \
        "-p $port -c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c max_connections=300 -c wal_level=logical" \
        start >/dev/null || fail_with "$TEST_SERVERS/postgres/server.log" "The tests' PostgreSQL does not start."
    export SOUK_TEST_POSTGRES="postgresql://souk@127.0.0.1:$port/postgres"
    port=$(free_port)
    without_lock redis-server --port "$port" --bind 127.0.0.1 --save '' --appendonly no --dir "$TEST_SERVERS" \
        --daemonize yes --pidfile "$TEST_SERVERS/redis.pid" --logfile "$TEST_SERVERS/redis.log" >/dev/null
    wait_until 60 redis-cli -p "$port" ping || fail_with "$TEST_SERVERS/redis.log" "The tests' Redis does not start."
    export SOUK_TEST_REDIS="127.0.0.1:$port"
}

stop_test_servers() {
    [[ -n ${TEST_SERVERS:-} && -d $TEST_SERVERS ]] || return 0
    as_postgres "$(postgres_binaries)/pg_ctl" -D "$TEST_SERVERS/postgres" -m immediate stop >/dev/null 2>&1 || true
    if [[ -f $TEST_SERVERS/redis.pid ]]; then kill "$(<"$TEST_SERVERS/redis.pid")" 2>/dev/null || true; fi
    rm -rf "$TEST_SERVERS"
}

# The second shop has a home and ports of its own, so that it never meets the one of `make up`.
start_test_shop() {
    local base=${SOUK_TEST_PORT_BASE:-}
    [[ -n $base ]] || base=$(free_base)
    step "Opening a second shop for the system tests (ports from $base)"
    export SOUK_TEST_SHOP="$TEST_HOME/shop.json" SOUK_TEST_SOUKCTL="$TEST_HOME/bin/soukctl"
    export SOUK_TEST_LOCAL="$TEST_HOME/souk"
    write_file "$SOUK_TEST_LOCAL" 755 <<EOF
#!/bin/sh
# Controls the tests' shop: kill cart-0, scale cart=3, status json=1 …
SOUK_HOME='$TEST_HOME' SOUK_PORT_BASE=$base SOUK_CONFIGURATION=$SOUK_CONFIGURATION SOUK_READY_SECONDS=${SOUK_READY_SECONDS:-180} \\
    exec '$SOUK_ROOT/deploy/local/souk' "\$@"
EOF
    SOUK_BINARIES=${SOUK_BINARIES:-$(build_path)} "$SOUK_TEST_LOCAL" up >"$TEST_HOME/up.log" 2>&1 \
        || {
            cat "$TEST_HOME/up.log" >&2
            fail "The second shop did not open."
        }
}

# The first of a few bases whose ports are all free.
free_base() {
    local base
    for base in 18080 28080 38080 48080; do
        # shellcheck disable=SC2046 # numbers
        if [[ -z $(/usr/bin/python3 "$SOUK_ROOT/deploy/local/tools/taken-ports.py" $(SOUK_PORT_BASE=$base used_ports | cut -d' ' -f1)) ]]; then
            echo "$base"
            return 0
        fi
    done
    fail "No range of ports is free for the second shop; SOUK_TEST_PORT_BASE says which to use."
}

stop_test_shop() {
    [[ -x ${SOUK_TEST_LOCAL:-} ]] || return 0
    "$SOUK_TEST_LOCAL" down purge=1 >/dev/null 2>&1 || warn "The second shop did not close; see $TEST_HOME."
}

# The file that SOUK_TEST_SAMPLE names, such as 'make replay' takes, else the project's own small one with every oddity of the format.
choose_sample() {
    local sample=${SOUK_TEST_SAMPLE:-"$SOUK_ROOT/Tests/System/Fixtures/small-retail.csv"}
    [[ -f $sample ]] || fail "SOUK_TEST_SAMPLE names no file: '$sample'."
    SOUK_TEST_SAMPLE=$(readlink -f "$sample")
    export SOUK_TEST_SAMPLE
}
