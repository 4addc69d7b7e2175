# shellcheck shell=bash
# Prometheus with its rules, Alertmanager, and the exporters of PostgreSQL and Redis. Targets are found in files, which
# Prometheus watches: scaling needs no restart.

readonly OBSERVABILITY="$SOUK_ROOT/deploy/observability"

start_monitoring() {
    local watcher
    start_prometheus
    for watcher in alertmanager postgres-exporter redis-exporter; do
        if watcher_is_there "$watcher"; then "start_${watcher//-/_}"; fi
    done
}

# watcher_is_there <alertmanager|postgres-exporter|redis-exporter>: Debian's program may be missing on this machine.
watcher_is_there() { tool_path "prometheus-$1" >/dev/null; }

start_prometheus() {
    local folder="$SOUK_HOME/prometheus"
    mkdir -p "$folder/data"
    write_prometheus_settings "$folder"
    write_prometheus_targets
    write_program prometheus 50 TERM \
        "$(tool_path prometheus) --config.file=\"$folder/prometheus.yml\" --storage.tsdb.path=\"$folder/data\" \
--storage.tsdb.retention.time=7d --web.enable-lifecycle --web.listen-address=127.0.0.1:$(port prometheus)"
    control start prometheus
    wait_until 30 prometheus_is_ready || fail_with_log prometheus
    # One that was running already reads what is new.
    curl -fsS -X POST "http://127.0.0.1:$(port prometheus)/-/reload" >/dev/null || fail "Prometheus refuses its settings; see $LOGS_FOLDER/prometheus.log."
}

prometheus_is_ready() { curl -fsS "http://127.0.0.1:$(port prometheus)/-/ready"; }

# The settings and the rules of deploy/observability, or those that a test has built with shorter times.
write_prometheus_settings() {
    local folder=$1 from=${SOUK_PROMETHEUS_SETTINGS:-$OBSERVABILITY/prometheus} file
    mkdir -p "$folder/rules"
    write_file "$folder/prometheus.yml" <"$from/prometheus.yml"
    rm -f "$folder"/rules/*.yml
    for file in "$from"/rules/*.yml; do write_file "$folder/rules/${file##*/}" <"$file"; done
}

start_alertmanager() {
    local folder="$SOUK_HOME/alertmanager"
    mkdir -p "$folder/data"
    write_file "$folder/alertmanager.yml" <"$OBSERVABILITY/alertmanager/alertmanager.yml"
    # Alone: no cluster of several, and so no port for it.
    write_program alertmanager 50 TERM \
        "$(tool_path prometheus-alertmanager) --config.file=\"$folder/alertmanager.yml\" --storage.path=\"$folder/data\" \
--cluster.listen-address= --web.listen-address=127.0.0.1:$(port alertmanager)"
    control start alertmanager
    wait_until 30 curl -fsS "http://127.0.0.1:$(port alertmanager)/-/ready" || fail_with_log alertmanager
    # One that was running already reads what is new.
    curl -fsS -X POST "http://127.0.0.1:$(port alertmanager)/-/reload" >/dev/null || fail "Alertmanager refuses its settings; see $LOGS_FOLDER/alertmanager.log."
}

start_postgres_exporter() {
    local url exporter queries="$OBSERVABILITY/exporters/postgres-queries.yml"
    exporter=$(tool_path prometheus-postgres-exporter)
    url="postgresql://monitor:$(secret monitor)@127.0.0.1:%s/postgres?sslmode=disable&connect_timeout=2"
    {
        # shellcheck disable=SC2059 # a pattern of our own
        echo "DATA_SOURCE_NAME=$(printf "$url" "$(port postgres-primary)"),$(printf "$url" "$(port postgres-standby)")"
        # It reads its questions only when it starts; by their sum we know one that has older ones.
        echo "QUERIES_SUM=$(sha256sum <"$queries" | cut -d' ' -f1)"
    } | write_file "$SOUK_HOME/env/postgres-exporter" 600
    write_program postgres-exporter 45 TERM \
        "\"$SOUK_ROOT/deploy/local/tools/run-with\" \"$SOUK_HOME/env/postgres-exporter\" \"$exporter\" \
--extend.query-path=\"$queries\" --disable-settings-metrics --no-collector.database --no-collector.bgwriter --log.level=error \
--web.listen-address=127.0.0.1:$(port postgres-exporter)"
    if program_runs postgres-exporter && ! is_current postgres-exporter "$exporter"; then control stop postgres-exporter; fi
    start_instances "$exporter" postgres-exporter
    wait_until 30 curl -fsS "http://127.0.0.1:$(port postgres-exporter)/metrics" || fail_with_log postgres-exporter
}

start_redis_exporter() {
    write_program redis-exporter 45 TERM \
        "$(tool_path prometheus-redis-exporter) -connection-timeout 2s -web.listen-address 127.0.0.1:$(port redis-exporter)"
    control start redis-exporter
    wait_until 30 curl -fsS "http://127.0.0.1:$(port redis-exporter)/metrics" || fail_with_log redis-exporter
}

write_prometheus_targets() {
    local service slot
    static_target "127.0.0.1:$(port haproxy-stats)" haproxy haproxy | write_targets haproxy
    static_target "127.0.0.1:$(port prometheus)" prometheus prometheus | write_targets prometheus
    {
        static_target "127.0.0.1:$(port psp-simulator-admin)" psp-simulator psp-simulator
        for service in "${SERVICES[@]}"; do
            for slot in $(serving_slots "$service"); do
                static_target "127.0.0.1:$(instance_port "$service" "$slot" admin)" "$service" "$service-$slot"
            done
        done
    } | write_targets services
    if watcher_is_there alertmanager; then
        static_target "127.0.0.1:$(port alertmanager)" alertmanager alertmanager
    fi | write_targets alertmanager
    if watcher_is_there postgres-exporter; then
        static_target "127.0.0.1:$(port postgres-exporter)" postgres postgres-exporter
    fi | write_targets postgres
    if watcher_is_there redis-exporter; then
        local name
        for name in redis-cache redis-log; do
            static_target "$(redis_url "$name")" "$name" "$name" \
                | jq --arg exporter "127.0.0.1:$(port redis-exporter)" '.[].labels.__exporter = $exporter'
        done
    fi | write_targets redis
}

# write_targets <job>: the lists on stdin as one.
write_targets() { jq -s 'add // []' | write_file "$SOUK_HOME/prometheus/targets/$1.json"; }

# static_target <address> <service> <instance>
static_target() {
    jq -n --arg target "$1" --arg service "$2" --arg instance "$3" \
        '[{targets: [$target], labels: {service: $service, instance: $instance}}]'
}
