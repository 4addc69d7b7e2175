# shellcheck shell=bash
# supervisord starts the processes, restarts those that die, stops them with SIGTERM and rotates their logs.

readonly SUPERVISOR_FOLDER="$SOUK_HOME/supervisor"
readonly LOGS_FOLDER="$SOUK_HOME/logs"
# Marks every process of this home, to find what a killed supervisord left behind.
readonly MARK="SOUK_SUPERVISED=$SOUK_HOME"

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
environment = SOUK_SUPERVISED="$(escaped "$SOUK_HOME")"
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

control() { "$(tool_path supervisorctl)" -c "$SUPERVISOR_FOLDER/supervisord.conf" "$@"; }

supervisor_runs() {
    [[ -S $(supervisor_socket) ]] && control pid >/dev/null 2>&1
}

start_supervisor() {
    supervisor_runs && return 0
    local limit
    limit=$(ulimit -Hn)
    if [[ $limit == unlimited ]] || ((limit > 65536)); then limit=65536; fi
    (ulimit -n "$limit" && cd / && without_lock "$(tool_path supervisord)" -c "$SUPERVISOR_FOLDER/supervisord.conf")
    wait_until 10 supervisor_runs || fail "supervisord does not answer; see $LOGS_FOLDER/supervisord.log."
}

# The state word of supervisord: RUNNING, STARTING, BACKOFF, STOPPED … or nothing for a program it does not know.
program_state() { control status "$1" 2>/dev/null | awk '$2 ~ /^[A-Z]+$/ && $0 !~ /ERROR/ {print $2}' || true; }

program_pid() { control pid "$1" 2>/dev/null || echo 0; }

program_runs() { [[ $(program_state "$1") == RUNNING ]]; }

# Reads the program's file again; a running program whose settings changed is restarted by supervisord.
start_program() {
    control reread >/dev/null
    control update "$1" >/dev/null
    case $(program_state "$1") in
        RUNNING | STARTING | BACKOFF) ;;
        *) control start "$1" >/dev/null || true ;;
    esac
}

# Stops one program and forgets it.
remove_program() {
    control stop "$1" >/dev/null || true
    rm -f "$SUPERVISOR_FOLDER/programs/$1.conf"
    control reread >/dev/null
    control remove "$1" >/dev/null || true
}

fail_with_log() {
    warn "The last lines of $LOGS_FOLDER/$1.log:"
    tail -n 20 "$LOGS_FOLDER/$1.log" >&2 2>/dev/null || true
    fail "$1 did not become ready. ${2:-}"
}

# The processes of this home, whoever their parent is now.
marked_processes() {
    local folder
    for folder in /proc/[0-9]*; do
        if tr '\0' '\n' <"$folder/environ" 2>/dev/null | grep -qxF "$MARK"; then
            echo "${folder#/proc/}"
        fi
    done 2>/dev/null
}

# After a kill of supervisord its children live on without a parent: end them, so that their ports are free again.
end_leftovers() {
    local pids
    pids=$(marked_processes)
    [[ -n $pids ]] || return 0
    step "Ending processes that an earlier run left behind"
    # shellcheck disable=SC2086 # numbers
    kill -TERM $pids 2>/dev/null || true
    if ! wait_until 30 no_marked_processes; then
        pids=$(marked_processes)
        # shellcheck disable=SC2086
        [[ -z $pids ]] || kill -KILL $pids 2>/dev/null || true
    fi
}

no_marked_processes() { [[ -z $(marked_processes) ]]; }
