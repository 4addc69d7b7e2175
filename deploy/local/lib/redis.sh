# shellcheck shell=bash
# Two Redis servers with two jobs: redis-cache may vanish at any time, redis-log carries the events.

start_redis() {
    local name=$1 folder="$SOUK_HOME/$1"
    mkdir -p "$folder"
    write_program "$name" 20 TERM \
        "$(tool_path redis-server) \"$SOUK_ROOT/deploy/redis/$name.conf\" --port $(port "$name") --dir \"$folder\""
    control start "$name"
    wait_until 30 redis_answers "$name" || fail_with_log "$name"
}

redis_answers() { [[ $(redis-cli -h 127.0.0.1 -p "$(port "$1")" ping) == PONG ]]; }

redis_url() { echo "redis://127.0.0.1:$(port "$1")"; }
