# shellcheck shell=bash
# Where things are: folders, ports and services. Everything that runs lives under one folder, SOUK_HOME.

SOUK_HOME=${SOUK_HOME:-$SOUK_ROOT/.souk}
[[ $SOUK_HOME == /* ]] || SOUK_HOME=$PWD/$SOUK_HOME
export SOUK_HOME

# The order is the services' port block: service k has the ports from base + 100 * (k + 1).
readonly SERVICES=(login catalog cart payments order-tracking storefront)
# Those that own data. The storefront calls the others and keeps nothing.
readonly OWNERS_OF_DATA=(login catalog cart payments order-tracking)
readonly SLOTS_PER_SERVICE=10

# The first start of a home fixes its port base, so that later commands need no environment.
choose_port_base() {
    local saved="$SOUK_HOME/port-base"
    if [[ -z ${SOUK_PORT_BASE:-} ]]; then
        SOUK_PORT_BASE=8080
        [[ ! -f $saved ]] || SOUK_PORT_BASE=$(<"$saved")
    fi
    [[ $SOUK_PORT_BASE =~ ^[0-9]+$ ]] && ((SOUK_PORT_BASE >= 1024 && SOUK_PORT_BASE <= 64000)) \
        || fail "SOUK_PORT_BASE must be a number from 1024 to 64000, not '$SOUK_PORT_BASE'."
    export SOUK_PORT_BASE
}
choose_port_base

# port <name>: the fixed ports beside the services'.
port() {
    case $1 in
        public) echo $((SOUK_PORT_BASE)) ;;
        haproxy-stats) echo $((SOUK_PORT_BASE + 1)) ;;
        prometheus) echo $((SOUK_PORT_BASE + 2)) ;;
        psp-simulator) echo $((SOUK_PORT_BASE + 3)) ;;
        psp-simulator-admin) echo $((SOUK_PORT_BASE + 4)) ;;
        alertmanager) echo $((SOUK_PORT_BASE + 5)) ;;
        postgres-exporter) echo $((SOUK_PORT_BASE + 6)) ;;
        redis-exporter) echo $((SOUK_PORT_BASE + 7)) ;;
        postgres-primary) echo $((SOUK_PORT_BASE + 10)) ;;
        postgres-standby) echo $((SOUK_PORT_BASE + 11)) ;;
        redis-cache) echo $((SOUK_PORT_BASE + 12)) ;;
        redis-log) echo $((SOUK_PORT_BASE + 13)) ;;
        *) fail "There is no port called '$1'." ;;
    esac
}

# instance_port <service> <slot> <http|grpc|admin>
instance_port() {
    local index offset=0
    index=$(service_index "$1")
    case $3 in
        grpc) offset=30 ;;
        admin) offset=60 ;;
    esac
    echo $((SOUK_PORT_BASE + 100 * (index + 1) + offset + $2))
}

service_index() {
    local index
    for index in "${!SERVICES[@]}"; do
        if [[ ${SERVICES[index]} == "$1" ]]; then
            echo "$index"
            return 0
        fi
    done
    fail "There is no service called '$1'. The services are: ${SERVICES[*]}."
}

# How many instances a service should have: what `scale` last said, else two carts and one of each other.
wanted_instances() {
    local file="$SOUK_HOME/scale/$1"
    if [[ -f $file ]]; then
        cat "$file"
    elif [[ $1 == cart ]]; then
        echo 2
    else
        echo 1
    fi
}

# write_file <path> [mode]: stdin to a file, whole or not at all, so that a watcher never reads half of it.
write_file() {
    local path=$1 mode=${2:-644} temporary
    mkdir -p "$(dirname "$path")"
    temporary=$(mktemp "$path.XXXXXX")
    cat >"$temporary"
    chmod "$mode" "$temporary"
    mv -f "$temporary" "$path"
}

# Unix socket paths end after 107 bytes: a deep checkout keeps its sockets elsewhere.
runtime_folder() {
    if ((${#SOUK_HOME} <= 80)); then
        echo "$SOUK_HOME/run"
    else
        echo "/tmp/souk-$(id -u)-$(home_hash)"
    fi
}

home_hash() { printf '%s' "$SOUK_HOME" | sha256sum | cut -c1-12; }

# One command at a time changes what runs.
lock_home() {
    mkdir -p "$SOUK_HOME"
    exec {SOUK_LOCK}>"$SOUK_HOME/lock"
    flock -w 300 "$SOUK_LOCK" || fail "Another command is changing $SOUK_HOME for more than five minutes; try again later."
}

# For the long-lived processes that a command starts: they must not inherit the lock.
without_lock() {
    if [[ -n ${SOUK_LOCK:-} ]]; then
        "$@" {SOUK_LOCK}>&-
    else
        "$@"
    fi
}
