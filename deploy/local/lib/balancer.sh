# shellcheck shell=bash
# HAProxy: deploy/haproxy/haproxy.cfg says how, the file written here says who.

haproxy_socket() { echo "$(runtime_folder)/haproxy.sock"; }

haproxy_command() {
    /usr/bin/python3 "$SOUK_ROOT/deploy/local/tools/haproxy-command.py" "$(haproxy_socket)" "$@"
}

# Ten servers for each service on fixed ports. Those without a process are declared disabled and are not checked.
# SOUK_CHECK_SECONDS=5 is for a machine on which a living server may need so long to say that it is ready.
write_backends() {
    local service slot serving checks=''
    [[ -z ${SOUK_CHECK_SECONDS:-} ]] || checks=' inter 2s fall 3'
    {
        echo '# Written by deploy/local/souk: who is there now.'
        for service in "${SERVICES[@]}"; do
            serving=" $(serving_slots "$service" | tr '\n' ' ') "
            printf '\nbackend %s from %s\n' "$service" "$(haproxy_defaults "$service")"
            if [[ -n $checks ]]; then
                printf '    timeout %s\n' "check ${SOUK_CHECK_SECONDS}s" 'connect 5s' 'queue 30s'
            fi
            for ((slot = 0; slot < SLOTS_PER_SERVICE; slot++)); do
                printf '    server %s-%s 127.0.0.1:%s port %s%s' "$service" "$slot" \
                    "$(instance_port "$service" "$slot" http)" "$(instance_port "$service" "$slot" admin)" "$checks"
                if [[ $serving == *" $slot "* ]]; then echo; else echo ' disabled'; fi
            done
        done
    } | write_file "$SOUK_HOME/haproxy/backends.cfg"
}

# Who meets the storefront is a person: what HAProxy says in its place is a page.
haproxy_defaults() { if [[ $1 == storefront ]]; then echo page; else echo service; fi; }

start_haproxy() {
    local config="$SOUK_ROOT/deploy/haproxy/haproxy.cfg" backends="$SOUK_HOME/haproxy/backends.cfg"
    write_backends
    {
        echo "SOUK_BIND_ADDRESS=127.0.0.1"
        echo "SOUK_PUBLIC_PORT=$(port public)"
        echo "SOUK_STATS_PORT=$(port haproxy-stats)"
        echo "SOUK_RUNTIME_SOCKET=$(haproxy_socket)"
        echo "SOUK_RATE_LIMIT=${SOUK_RATE_LIMIT:-200000}"
        echo "SOUK_PROXY_KEY=$(secret proxy)"
    } | write_file "$SOUK_HOME/env/haproxy" 600
    write_file "$SOUK_HOME/haproxy/run" 700 <<EOF
#!/bin/sh
exec "$(tool_path haproxy)" "\$@" -f "$config" -f "$backends"
EOF
    check_haproxy
    write_program haproxy 60 USR1 "\"$SOUK_ROOT/deploy/local/tools/run-with\" \"$SOUK_HOME/env/haproxy\" \"$SOUK_HOME/haproxy/run\" -W"
    control start haproxy
    reload_haproxy_if_changed
    wait_until 120 haproxy_answers || fail_with_log haproxy
}

check_haproxy() {
    local report
    report=$("$SOUK_ROOT/deploy/local/tools/run-with" "$SOUK_HOME/env/haproxy" "$SOUK_HOME/haproxy/run" -c -q 2>&1) \
        || fail "HAProxy refuses its configuration: $report"
}

# A reload keeps the old workers until their requests are done: nobody notices.
reload_haproxy_if_changed() {
    local sum
    sum=$(cat "$SOUK_ROOT/deploy/haproxy/haproxy.cfg" "$SOUK_HOME/env/haproxy" | sha256sum)
    if [[ -f $SOUK_HOME/haproxy/loaded && $(<"$SOUK_HOME/haproxy/loaded") != "$sum" ]]; then
        control signal USR2 haproxy
    fi
    write_file "$SOUK_HOME/haproxy/loaded" <<<"$sum"
}

haproxy_answers() { haproxy_command 'show info' && curl -fsS -m 10 "http://127.0.0.1:$(port haproxy-stats)/metrics"; }

# balance <service> <slot> <ready|drain|maint>
balance() { haproxy_command "set server $1/$1-$2 state $3" >/dev/null; }

# Requests that a server is working on now.
requests_in_flight() {
    haproxy_command 'show stat' | awk -F, -v backend="$1" -v server="$1-$2" '$1 == backend && $2 == server {print $5}'
}

no_requests_in_flight() { [[ $(requests_in_flight "$1" "$2") == 0 ]]; }

server_status() {
    haproxy_command 'show stat' 2>/dev/null | awk -F, -v backend="$1" -v server="$1-$2" '$1 == backend && $2 == server {print $18}'
}

server_is_up() { [[ $(server_status "$1" "$2") == UP* ]]; }
