# shellcheck shell=bash
# starts what does not run yet, brings what changed up to date, and seeds the catalogue
#
# SOUK_BINARIES=folder takes the programs from there instead of building them.

command_up() {
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}"
    ensure_packages_to_watch
    lock_home
    check_port_base
    if ! supervisor_runs; then
        end_leftovers
        require_free_ports
    fi
    [[ -n ${SOUK_BINARIES:-} ]] || build
    install_binaries
    write_file "$SOUK_HOME/port-base" <<<"$SOUK_PORT_BASE"
    create_secrets
    write_supervisor_settings
    start_supervisor
    start_stores
    start_edge
    start_all_services
    write_shop_file
    seed_catalogue
    show_welcome
}

check_port_base() {
    local saved="$SOUK_HOME/port-base"
    if [[ -f $saved && $(<"$saved") != "$SOUK_PORT_BASE" ]] && supervisor_runs; then
        fail "The shop in $SOUK_HOME runs with SOUK_PORT_BASE=$(<"$saved"); 'make down' first to move it."
    fi
}

start_stores() {
    step "Starting PostgreSQL (primary and standby) and Redis (cache and log)"
    prepare_postgres_folder
    create_primary
    start_postgres primary
    create_databases
    create_standby
    start_postgres standby
    wait_until 120 standby_streams || fail_with_log postgres-standby
    start_redis redis-cache
    start_redis redis-log
}

start_edge() {
    local service
    step "Starting HAProxy, Prometheus and what it watches with"
    for service in "${SERVICES[@]}"; do
        # shellcheck disable=SC2046 # numbers
        set_serving "$service" $(seq 0 $(($(wanted_instances "$service") - 1)))
    done
    start_haproxy
    start_monitoring
}

start_all_services() {
    step "Starting the services"
    write_psp_simulator
    in_parallel start_service psp-simulator "${SERVICES[@]}" || fail "Not every service started; 'make logs' tells more."
}

# Starts or updates the instances of one service, and returns when they are ready and the balancer sees them.
start_service() {
    local service=$1 slot
    if [[ $service == psp-simulator ]]; then
        start_psp_simulator
        return 0
    fi
    for slot in $(serving_slots "$service"); do
        bring_up_to_date "$service" "$slot"
    done
    for slot in $(serving_slots "$service"); do
        wait_for_instance "$service-$slot" "$(instance_port "$service" "$slot" admin)"
        balance "$service" "$slot" ready
        wait_until 60 server_is_up "$service" "$slot" || fail "HAProxy does not see $service-$slot."
    done
}

start_psp_simulator() {
    if program_runs psp-simulator && ! is_current psp-simulator "$(binary_of psp-simulator)"; then
        control stop psp-simulator
    fi
    start_instances "$(binary_of psp-simulator)" psp-simulator
    wait_for_instance psp-simulator "$(port psp-simulator-admin)"
}

# A running instance of an older build is drained and replaced; the other instances keep serving meanwhile.
bring_up_to_date() {
    local service=$1 slot=$2 name="$1-$2"
    write_instance "$service" "$slot"
    if program_runs "$name" && ! is_current "$name" "$(binary_of "$service")"; then
        step "Replacing $name by the new build"
        balance "$service" "$slot" drain
        wait_until 10 no_requests_in_flight "$service" "$slot" || true
        control stop "$name"
        start_instances "$(binary_of "$service")" "$name"
        wait_for_instance "$name" "$(instance_port "$service" "$slot" admin)"
        balance "$service" "$slot" ready
        wait_until 10 server_is_up "$service" "$slot" || true
    else
        start_instances "$(binary_of "$service")" "$name"
    fi
}

seed_catalogue() {
    step "Filling the catalogue"
    SOUK_SHOP="$SOUK_HOME/shop.json" /usr/bin/python3 "$SOUK_ROOT/deploy/local/seed/seed.py" \
        "$SOUK_ROOT/deploy/local/seed/catalogue.json" || fail "The catalogue could not be filled."
}

show_welcome() {
    local url
    url=$(public_url)
    headline "The shop is open at $url"
    cat <<EOF
Staff login   $STAFF_EMAIL  $(secret staff)
Metrics       http://127.0.0.1:$(port prometheus) (Prometheus)   http://127.0.0.1:$(port haproxy-stats) (HAProxy)
Alerts        http://127.0.0.1:$(port prometheus)/alerts$(! watcher_is_there alertmanager || echo "   http://127.0.0.1:$(port alertmanager) (Alertmanager)")

Try:
  curl -s '$url/v1/products?query=lantern' | jq
  make scale cart=3 && make status
  make replay file=Tests/System/Fixtures/small-retail.csv && make audit
EOF
}
