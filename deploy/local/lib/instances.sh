# shellcheck shell=bash
# The instances of the services: their environment, start, readiness and drain.
# serving/<service> lists the slots that get traffic; endpoints, balancer and Prometheus follow it.

serving_slots() { cat "$SOUK_HOME/serving/$1" 2>/dev/null || true; }

# set_serving <service> <slot…>: tells gRPC clients and Prometheus who is there.
set_serving() {
    local service=$1 slot
    shift
    printf '%s\n' "$@" | sed '/^$/d' | write_file "$SOUK_HOME/serving/$service"
    {
        echo "# The gRPC endpoints of $service. Written by deploy/local/souk; clients watch this file."
        for slot in "$@"; do
            echo "127.0.0.1:$(instance_port "$service" "$slot" grpc)"
        done
    } | write_file "$SOUK_HOME/endpoints/$service"
}

binary_of() { echo "$SOUK_HOME/bin/$1"; }

write_instance() {
    local service=$1 slot=$2 name="$1-$2"
    instance_environment "$service" "$slot" | write_file "$SOUK_HOME/env/$name" 600
    write_program "$name" 40 TERM "\"$SOUK_ROOT/deploy/local/tools/run-with\" \"$SOUK_HOME/env/$name\" \"$(binary_of "$service")\""
}

instance_environment() {
    local service=$1 slot=$2
    common_environment "$service-$slot"
    cat <<EOF
HTTP_PORT=$(instance_port "$service" "$slot" http)
GRPC_PORT=$(instance_port "$service" "$slot" grpc)
ADMIN_PORT=$(instance_port "$service" "$slot" admin)
EOF
    if [[ $service == storefront ]]; then
        storefront_environment
        return 0
    fi
    cat <<EOF
DATABASE_URL=$(database_url "$service")
REDIS_CACHE_URL=$(redis_url redis-cache)
REDIS_LOG_URL=$(redis_url redis-log)
LOGIN_JWKS_URL=http://127.0.0.1:$(port public)/.well-known/jwks.json
CATALOG_GRPC=file:$SOUK_HOME/endpoints/catalog
CART_GRPC=file:$SOUK_HOME/endpoints/cart
READ_AFTER_SECRET=$(secret read-after)
EOF
    case $service in
        payments)
            cat <<EOF
PSP_URL=http://127.0.0.1:$(port psp-simulator)
PSP_API_KEY=$(secret psp-api-key)
PSP_WEBHOOK_SECRET=$(secret psp-webhook)
EOF
            ;;
        login)
            cat <<EOF
STAFF_EMAIL=$STAFF_EMAIL
STAFF_PASSWORD=$(secret staff)
SIGNING_KEY_SECRET=$(secret signing-key)
EOF
            ;;
    esac
}

storefront_environment() {
    cat <<EOF
SHOP_API_URL=http://127.0.0.1:$(port public)
SESSION_KEYS=$(secret session)
PROXY_KEY=$(secret proxy)
EOF
}

common_environment() {
    cat <<EOF
INSTANCE=$1
LOG_LEVEL=${SOUK_LOG_LEVEL:-info}
HTTP_HOST=127.0.0.1
DRAIN_SECONDS=${SOUK_DRAIN_SECONDS:-2}
SAMPLE_SECONDS=${SOUK_SAMPLE_SECONDS:-10}
EOF
}

write_psp_simulator() {
    mkdir -p "$SOUK_HOME/psp-simulator"
    {
        common_environment psp-simulator
        cat <<EOF
HTTP_PORT=$(port psp-simulator)
ADMIN_PORT=$(port psp-simulator-admin)
PSP_API_KEY=$(secret psp-api-key)
PSP_WEBHOOK_SECRET=$(secret psp-webhook)
JOURNAL_PATH=$SOUK_HOME/psp-simulator/journal.ndjson
WEBHOOK_URL=http://127.0.0.1:$(port public)/v1/payments/webhooks/psp
WEBHOOK_FAULTS=duplicate,reorder
EOF
    } | write_file "$SOUK_HOME/env/psp-simulator" 600
    write_program psp-simulator 30 TERM \
        "\"$SOUK_ROOT/deploy/local/tools/run-with\" \"$SOUK_HOME/env/psp-simulator\" \"$(binary_of psp-simulator)\""
}

# A process is up to date when it was started from this binary with this environment.
fingerprint() { cat "$1" "$SOUK_HOME/env/$2" | sha256sum | cut -d' ' -f1; }

is_current() {
    local name=$1 binary=$2
    [[ $(cat "$SOUK_HOME/started/$name" 2>/dev/null) == "$(fingerprint "$binary" "$name")" ]]
}

# start_instances <binary> <name…>
start_instances() {
    local binary=$1 name
    shift
    control start "$@"
    for name in "$@"; do
        fingerprint "$binary" "$name" | write_file "$SOUK_HOME/started/$name"
    done
}

instance_ready() { curl -fsS -m 2 "http://127.0.0.1:$1/readyz"; }

wait_for_instance() {
    local name=$1 admin_port=$2
    wait_until "${SOUK_READY_SECONDS:-60}" instance_ready "$admin_port" \
        || fail_with_log "$name" "http://127.0.0.1:$admin_port/readyz says: $(curl -sS -m 2 "http://127.0.0.1:$admin_port/readyz" 2>&1 | head -c 300)"
}
