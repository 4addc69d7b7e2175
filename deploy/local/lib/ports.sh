# shellcheck shell=bash
# A taken port is found before anything starts, and named with its owner.

# Every port that a stack of this base uses now: pairs of "port name".
used_ports() {
    local name service slot kind
    for name in public haproxy-stats prometheus psp-simulator psp-simulator-admin \
        postgres-primary postgres-standby redis-cache redis-log alertmanager postgres-exporter redis-exporter; do
        echo "$(port "$name") $name"
    done
    for service in "${SERVICES[@]}"; do
        for ((slot = 0; slot < $(wanted_instances "$service"); slot++)); do
            for kind in http grpc admin; do
                echo "$(instance_port "$service" "$slot" "$kind") $service-$slot ($kind)"
            done
        done
    done
}

# Fails with one sentence when a port is taken by somebody else.
require_free_ports() {
    local ports taken number who
    ports=$(used_ports)
    # shellcheck disable=SC2046 # numbers
    taken=$(/usr/bin/python3 "$SOUK_ROOT/deploy/local/tools/taken-ports.py" $(cut -d' ' -f1 <<<"$ports"))
    taken=${taken%%$'\n'*}
    [[ -n $taken ]] || return 0
    IFS=$'\t' read -r number who <<<"$taken"
    fail "Port $number, wanted for $(sed -n "s/^$number //p" <<<"$ports"), is taken by $who;" \
        "move the whole shop with another base, for example: SOUK_PORT_BASE=$((SOUK_PORT_BASE + 10000)) make up"
}
