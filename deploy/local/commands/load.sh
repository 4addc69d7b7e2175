# shellcheck shell=bash
# load users=50 [duration=60] [shape=spike] [think=1000] [buyers=100]: shopping trips against the running shop, and a report
#
# think is the mean pause before a click, in milliseconds; 0 leaves the pauses out. buyers is how many trips of a hundred buy.

readonly LOAD_USAGE="usage: make load users=50 [duration=60] [shape=steady|spike] [think=1000] [buyers=100]"

command_load() {
    local argument
    for argument in "$@"; do
        case $argument in
            users=*) export SOUK_LOAD_USERS=${argument#*=} ;;
            duration=*) export SOUK_LOAD_DURATION=${argument#*=} ;;
            shape=*) export SOUK_LOAD_SHAPE=${argument#*=} ;;
            think=*) export SOUK_LOAD_THINK_MS=${argument#*=} ;;
            buyers=*) export SOUK_LOAD_BUYERS=${argument#*=} ;;
            *) fail "$LOAD_USAGE" ;;
        esac
    done
    [[ -n ${SOUK_LOAD_USERS:-} ]] || fail "$LOAD_USAGE"
    [[ -f $SOUK_HOME/shop.json ]] && supervisor_runs || fail "The shop does not run; 'make up' starts it."
    ensure_packages python3-venv
    make_load_python
    export SOUK_SHOP="$SOUK_HOME/shop.json"
    # Every shopper has a connection or two.
    ulimit -n "$(ulimit -Hn)"
    exec "$LOAD_PYTHON" "$SOUK_ROOT/deploy/load/run.py" "$SOUK_HOME/load/$(date +%Y-%m-%d-%H%M%S)"
}
