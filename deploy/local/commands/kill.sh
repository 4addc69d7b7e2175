# shellcheck shell=bash
# kill cart-0 | cart [signal]: ends processes at once (KILL by default), as a crash would; the supervisor restarts them

command_kill() {
    (($# >= 1)) || fail "usage: deploy/local/souk kill <process or service> [signal]"
    supervisor_runs || fail "The shop does not run; 'make up' starts it."
    local name found=no
    for name in $(running_programs); do
        if [[ $name == "$1" || ${name%-[0-9]} == "$1" ]]; then
            local pid
            pid=$(program_pid "$name")
            if ((pid > 0)); then
                kill "-${2:-KILL}" "$pid"
                say "$name ($pid) got SIG${2:-KILL}"
                found=yes
            fi
        fi
    done
    [[ $found == yes ]] || fail "No process called '$1' runs."
}
