# shellcheck shell=bash
# shows every process with its id, health and ports; 'status json=1' for programs

command_status() {
    if ! supervisor_runs; then
        if [[ ${1:-} == json=1 ]]; then echo '[]'; else say "The shop does not run; 'make up' starts it."; fi
        return 1
    fi
    local name state pid health ports
    local format='%-18s %-9s %-8s %-9s %s\n'
    if [[ ${1:-} == json=1 ]]; then
        status_rows | jq -Rcn '[inputs | split("\t") | {name: .[0], state: .[1], pid: (.[2] | tonumber), health: .[3], ports: .[4]}]'
        return 0
    fi
    # shellcheck disable=SC2059 # one format for all rows
    printf "$BOLD$format$PLAIN" PROCESS STATE PID HEALTH PORTS
    while IFS=$'\t' read -r name state pid health ports; do
        # shellcheck disable=SC2059
        printf "$format" "$name" "$state" "$pid" "$health" "$ports"
    done < <(status_rows)
    printf '\nThe shop: %s\n' "$(public_url)"
}

# One tab-separated row for each process.
status_rows() {
    local name state pid health
    while read -r name state pid; do
        health=-
        if [[ $state == RUNNING ]]; then health=$(health_of "$name"); fi
        printf '%s\t%s\t%s\t%s\t%s\n' "$name" "${state,,}" "$pid" "$health" "$(ports_of "$name")"
    done < <(control status)
}

health_of() {
    local answer=down
    case $1 in
        *-exporter) ! curl -fsS -m 2 "http://127.0.0.1:$(port "$1")/metrics" >/dev/null 2>&1 || answer=ready ;;
        postgres-primary) ! postgres_answers primary || answer=ready ;;
        postgres-standby) ! standby_streams || answer=streaming ;;
        redis-*) ! redis_answers "$1" >/dev/null 2>&1 || answer=ready ;;
        haproxy) ! haproxy_answers >/dev/null 2>&1 || answer=ready ;;
        prometheus | alertmanager) ! curl -fsS -m 2 "http://127.0.0.1:$(port "$1")/-/ready" >/dev/null 2>&1 || answer=ready ;;
        psp-simulator) ! instance_ready "$(port psp-simulator-admin)" >/dev/null 2>&1 || answer=ready ;;
        *)
            ! instance_ready "$(instance_port "${1%-*}" "${1##*-}" admin)" >/dev/null 2>&1 || answer=ready
            if [[ $answer == ready ]]; then
                case $(server_status "${1%-*}" "${1##*-}") in
                    UP*) answer=serving ;;
                    DRAIN*) answer=draining ;;
                esac
            fi
            ;;
    esac
    echo "$answer"
}

ports_of() {
    case $1 in
        haproxy) echo "$(port public) public, $(port haproxy-stats) stats" ;;
        psp-simulator) echo "$(port psp-simulator) http, $(port psp-simulator-admin) admin" ;;
        postgres-* | redis-* | prometheus | alertmanager) port "$1" ;;
        *)
            local service=${1%-*} slot=${1##*-}
            echo "$(instance_port "$service" "$slot" http) http, $(instance_port "$service" "$slot" grpc) grpc," \
                "$(instance_port "$service" "$slot" admin) admin"
            ;;
    esac
}
