# shellcheck shell=bash
# supervisord starts the processes, restarts those that die, stops them with SIGTERM and rotates their logs.

readonly SUPERVISOR_FOLDER="$SOUK_HOME/supervisor"
readonly LOGS_FOLDER="$SOUK_HOME/logs"

supervisor_socket() { echo "$(runtime_folder)/supervisor.sock"; }

write_supervisor_settings() {
    mkdir -p "$SUPERVISOR_FOLDER/programs" "$LOGS_FOLDER"
    mkdir -p "$(runtime_folder)"
    chmod 700 "$(runtime_folder)"
    write_file "$SUPERVISOR_FOLDER/supervisord.conf" 600 <<EOF
[supervisord]
logfile = $(escaped "$LOGS_FOLDER/supervisord.log")
logfile_maxbytes = 5MB
logfile_backups = 2
pidfile = $(escaped "$(runtime_folder)/supervisord.pid")
childlogdir = $(escaped "$LOGS_FOLDER")
$([[ $EUID != 0 ]] || echo "user = root")

[unix_http_server]
file = $(escaped "$(supervisor_socket)")
chmod = 0700

[rpcinterface:supervisor]
supervisor.rpcinterface_factory = supervisor.rpcinterface:make_main_rpcinterface

[supervisorctl]
serverurl = unix://$(escaped "$(supervisor_socket)")

[include]
files = $(escaped "$SUPERVISOR_FOLDER")/programs/*.conf
EOF
}

# In supervisord's settings a % begins an expansion.
escaped() { printf '%s' "${1//%/%%}"; }

# write_program <name> <priority> <stop signal> <command> [further lines]
write_program() {
    write_file "$SUPERVISOR_FOLDER/programs/$1.conf" 600 <<EOF
[program:$1]
command = $(escaped "$4")
priority = $2
directory = $(escaped "$(folder_of_program "$1")")
stopsignal = $3
stopwaitsecs = 40
autostart = false
autorestart = true
startsecs = 1
startretries = 100000
redirect_stderr = true
stdout_logfile = $(escaped "$LOGS_FOLDER/$1.log")
stdout_logfile_maxbytes = 20MB
stdout_logfile_backups = 3
${5:-}
EOF
}

# Where a program runs (and drops a core): by it we know our own processes again.
folder_of_program() {
    case $1 in
        postgres-primary | postgres-standby) postgres_folder ;;
        *) echo "$SUPERVISOR_FOLDER" ;;
    esac
}

# control <command> [program…]: see the tool for the commands.
control() { /usr/bin/python3 -I "$SOUK_ROOT/deploy/local/tools/supervisor.py" "$(supervisor_socket)" "$@"; }

supervisor_runs() {
    [[ -S $(supervisor_socket) ]] && control pid >/dev/null 2>&1
}

start_supervisor() {
    supervisor_runs && return 0
    local limit
    limit=$(ulimit -Hn)
    if [[ $limit == unlimited ]] || ((limit > 65536)); then limit=65536; fi
    (ulimit -n "$limit" && cd / && without_lock "$(tool_path supervisord)" -c "$SUPERVISOR_FOLDER/supervisord.conf" >/dev/null)
    wait_until 60 supervisor_runs || fail "supervisord does not answer; see $LOGS_FOLDER/supervisord.log."
}

# The state word of supervisord: RUNNING, STARTING, BACKOFF, STOPPED … or nothing for a program it does not know.
program_state() { control status | awk -v name="$1" '$1 == name {print $2}'; }

program_pid() { control status | awk -v name="$1" '$1 == name {print $3}'; }

program_runs() { [[ $(program_state "$1") == RUNNING ]]; }

# Stops programs, all at the same time, and forgets them.
remove_programs() {
    local name
    control remove "$@"
    for name in "$@"; do rm -f "$SUPERVISOR_FOLDER/programs/$name.conf"; done
}

# in_parallel <function> <argument…>: the function for each argument at the same time; fails when one fails.
in_parallel() {
    local work=$1 argument pid status=0
    local -a pids=()
    shift
    for argument in "$@"; do
        "$work" "$argument" &
        pids+=($!)
    done
    for pid in "${pids[@]}"; do wait "$pid" || status=1; done
    return "$status"
}

fail_with_log() {
    warn "The last lines of $LOGS_FOLDER/$1.log:"
    tail -n 20 "$LOGS_FOLDER/$1.log" >&2 2>/dev/null || true
    fail "$1 did not become ready. ${2:-}"
}

running_programs() { control status | awk '$3 > 0 {print $1}'; }

# What supervisord once started and still runs. A process number may have been given to a stranger since:
# only one that works in a folder of this home is ours.
leftover_processes() {
    local pid folder home stores
    home=$(readlink -f "$SOUK_HOME")
    stores=$(postgres_folder)
    while read -r pid; do
        folder=$(readlink "/proc/$pid/cwd" 2>/dev/null) || continue
        if [[ $folder/ == "$home"/* || $folder/ == "$stores"/* ]]; then echo "$pid"; fi
    done < <(sed -n 's/.*spawned: .* with pid \([0-9]*\)$/\1/p' "$LOGS_FOLDER"/supervisord.log* 2>/dev/null | sort -u)
}

# After a kill of supervisord its children live on without a parent: end them, so that their ports are free again.
end_leftovers() {
    local pids
    pids=$(leftover_processes)
    [[ -n $pids ]] || return 0
    step "Ending processes that an earlier run left behind"
    # The interrupt is PostgreSQL's fast shutdown; the others treat it as they treat SIGTERM.
    # shellcheck disable=SC2086 # numbers
    kill -INT $pids 2>/dev/null || true
    if ! wait_until 30 no_leftovers; then
        pids=$(leftover_processes)
        # shellcheck disable=SC2086
        [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    fi
}

no_leftovers() { [[ -z $(leftover_processes) ]]; }
