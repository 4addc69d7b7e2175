# shellcheck shell=bash
# scale cart=3 [catalog=2 …]: adds instances, or drains those that are too many
#
# Nobody notices either: a new instance gets traffic when it is ready, an old one leaves when its requests are done.

command_scale() {
    (($# > 0)) || fail "usage: make scale cart=3   (services: ${SERVICES[*]})"
    supervisor_runs || fail "The shop does not run; 'make up' starts it."
    lock_home
    local argument
    for argument in "$@"; do
        scale_service "${argument%%=*}" "${argument#*=}"
    done
    write_shop_file
}

scale_service() {
    local service=$1 count=$2
    service_index "$service" >/dev/null
    [[ $count =~ ^[0-9]+$ ]] && ((count >= 1 && count <= SLOTS_PER_SERVICE)) \
        || fail "$service can have 1 to $SLOTS_PER_SERVICE instances, not '$count'."
    local before
    before=$(serving_slots "$service" | wc -l)
    if ((count > before)); then
        add_instances "$service" "$before" "$count"
    elif ((count < before)); then
        drain_instances "$service" "$count" "$before"
    fi
    write_file "$SOUK_HOME/scale/$service" <<<"$count"
    step "$service has $count instance$( ((count == 1)) || echo s)"
}

add_instances() {
    local service=$1 from=$2 to=$3 slot
    local -a names=()
    for ((slot = from; slot < to; slot++)); do
        require_free_instance_ports "$service" "$slot"
        write_instance "$service" "$slot"
        names+=("$service-$slot")
    done
    start_instances "$(binary_of "$service")" "${names[@]}"
    for ((slot = from; slot < to; slot++)); do
        wait_for_instance "$service-$slot" "$(instance_port "$service" "$slot" admin)"
    done
    # shellcheck disable=SC2046 # numbers
    set_serving "$service" $(seq 0 $((to - 1)))
    write_backends
    for ((slot = from; slot < to; slot++)); do
        balance "$service" "$slot" ready
        wait_until 60 server_is_up "$service" "$slot" || fail "HAProxy does not see $service-$slot."
    done
    write_prometheus_targets
}

drain_instances() {
    local service=$1 to=$2 from=$3 slot
    # First nobody new is sent there, then the process is asked to end.
    # shellcheck disable=SC2046 # numbers
    set_serving "$service" $(seq 0 $((to - 1)))
    write_backends
    for ((slot = to; slot < from; slot++)); do
        balance "$service" "$slot" drain
    done
    write_prometheus_targets
    local -a names=()
    for ((slot = to; slot < from; slot++)); do
        wait_until 10 no_requests_in_flight "$service" "$slot" || true
        names+=("$service-$slot")
    done
    remove_programs "${names[@]}"
    for ((slot = to; slot < from; slot++)); do
        balance "$service" "$slot" maint
        rm -f "$SOUK_HOME/started/$service-$slot"
    done
}

require_free_instance_ports() {
    local kind taken
    local -a ports=()
    for kind in http grpc admin; do ports+=("$(instance_port "$1" "$2" "$kind")"); done
    taken=$(/usr/bin/python3 "$SOUK_ROOT/deploy/local/tools/taken-ports.py" "${ports[@]}")
    taken=${taken%%$'\n'*}
    [[ -z $taken ]] || fail "Port ${taken%%$'\t'*}, wanted for $1-$2, is taken by ${taken#*$'\t'}."
}
