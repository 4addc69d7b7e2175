# shellcheck shell=bash
# Prometheus finds its targets in files, which it watches: scaling needs no restart.

start_prometheus() {
    local folder="$SOUK_HOME/prometheus"
    mkdir -p "$folder/data"
    write_file "$folder/prometheus.yml" <"$SOUK_ROOT/deploy/observability/prometheus/prometheus.yml"
    write_prometheus_targets
    write_program prometheus 50 TERM \
        "$(tool_path prometheus) --config.file=\"$folder/prometheus.yml\" --storage.tsdb.path=\"$folder/data\" \
--storage.tsdb.retention.time=7d --web.listen-address=127.0.0.1:$(port prometheus)"
    control start prometheus
    wait_until 30 curl -fsS "http://127.0.0.1:$(port prometheus)/-/ready" || fail_with_log prometheus
}

write_prometheus_targets() {
    local folder="$SOUK_HOME/prometheus/targets" service slot
    static_target "$(port haproxy-stats)" '{"service": "haproxy"}' | write_file "$folder/haproxy.json"
    static_target "$(port prometheus)" '{"service": "prometheus"}' | write_file "$folder/prometheus.json"
    {
        static_target "$(port psp-simulator-admin)" '{"service": "psp-simulator", "instance": "psp-simulator"}'
        for service in "${SERVICES[@]}"; do
            for slot in $(serving_slots "$service"); do
                static_target "$(instance_port "$service" "$slot" admin)" \
                    "{\"service\": \"$service\", \"instance\": \"$service-$slot\"}"
            done
        done
    } | jq -s 'add' | write_file "$folder/services.json"
}

static_target() { jq -n --arg target "127.0.0.1:$1" --argjson labels "$2" '[{targets: [$target], labels: $labels}]'; }
