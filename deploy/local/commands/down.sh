# shellcheck shell=bash
# stops everything and keeps the data; 'down purge=1' deletes the data too

command_down() {
    local purge=no
    case ${1:-} in
        '' | purge=0 | purge=) ;;
        purge=1 | purge=yes) purge=yes ;;
        *) fail "usage: deploy/local/souk down [purge=1]" ;;
    esac
    [[ -d $SOUK_HOME ]] || {
        say "Nothing runs: there is no $SOUK_HOME."
        return 0
    }
    lock_home
    stop_everything
    if [[ $purge == yes ]]; then delete_data; fi
    step "The shop is closed$([[ $purge == no ]] && echo '; its data stays' || echo ' and its data is gone')"
}

stop_everything() {
    if supervisor_runs; then
        stop_services
        step "Stopping the stores"
        local pid
        pid=$(control pid)
        control stop redis-cache redis-log postgres-standby || true
        control stop postgres-primary || true
        control shutdown || true
        wait_until 90 process_is_gone "$pid" || warn "supervisord ($pid) takes its time."
    fi
    end_leftovers
}

# All services drain at the same time; the stores stop after them.
stop_services() {
    step "Draining the services"
    local -a names
    mapfile -t names < <(running_programs | grep -vE '^(postgres|redis)-(primary|standby|cache|log)$' || true)
    control stop "${names[@]}" || warn "Not every service stopped in time."
}

process_is_gone() { [[ ! -d /proc/$1 ]]; }

delete_data() {
    local folder
    folder=$(postgres_folder)
    if [[ -n $folder ]]; then rm -rf "$folder"; fi
    # A home may hold another home (the tests' stack) and the tests' Python: those stay.
    local part
    for part in postgres redis-cache redis-log haproxy prometheus alertmanager psp-simulator secrets env supervisor endpoints serving \
        started scale logs bin run shop.json port-base journal.ndjson customers.json; do
        rm -rf "${SOUK_HOME:?}/$part"
    done
    rm -rf "$(runtime_folder)"
}
