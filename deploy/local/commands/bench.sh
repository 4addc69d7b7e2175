# shellcheck shell=bash
# bench [only=page,routes,orders,trip,start] [rounds=3] [statements=write]: figures of a shop of its own, beside the bare engines
#
# SOUK_BINARIES=folder takes the programs from there instead of building them. A whole bench renews docs/performance.md.

readonly BENCH_HOME="$SOUK_HOME/bench"

command_bench() {
    local argument
    local -a options=()
    for argument in "$@"; do
        case $argument in
            only=*) options+=(--only "${argument#*=}") ;;
            rounds=*) options+=(--rounds "${argument#*=}") ;;
            orders=*) options+=(--orders "${argument#*=}") ;;
            statements=write) options+=(--write-statements) ;;
            *) fail "usage: make bench [only=page,routes,orders,trip,start] [rounds=3]" ;;
        esac
    done
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}" python3-venv wrk
    mkdir -p "$LOGS_FOLDER" "$BENCH_HOME"
    make_load_python
    [[ -n ${SOUK_BINARIES:-} ]] || build
    if supervisor_runs; then warn "The shop in $SOUK_HOME runs too, and takes its share of the cores."; fi
    trap clean_up_after_bench EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    open_bench_shop
    "$LOAD_PYTHON" "$SOUK_ROOT/Tests/Benchmarks/bench.py" --home "$BENCH_HOME" --souk "$BENCH_HOME/souk" \
        --programs "${SOUK_BINARIES:-$(build_path)}" --python "$LOAD_PYTHON" --json "$SOUK_HOME/bench.json" \
        --page "$SOUK_ROOT/docs/performance.md" --configuration "$SOUK_CONFIGURATION" --port "$(free_port)" \
        --first-start "$BENCH_FIRST_START" "${options[@]}"
    step "The figures are in $SOUK_HOME/bench.json"
}

# A shop of the bench's own: new, alone, and gone afterwards.
open_bench_shop() {
    local base=${SOUK_BENCH_PORT_BASE:-} start
    [[ -n $base ]] || base=$(free_base)
    step "Opening a shop for the bench (ports from $base)"
    write_file "$BENCH_HOME/souk" 755 <<EOS
#!/bin/sh
SOUK_HOME='$BENCH_HOME' SOUK_PORT_BASE=$base SOUK_CONFIGURATION=$SOUK_CONFIGURATION \
SOUK_BINARIES='${SOUK_BINARIES:-$(build_path)}' exec '$SOUK_ROOT/deploy/local/souk' "\$@"
EOS
    start=$EPOCHREALTIME
    "$BENCH_HOME/souk" up >"$LOGS_FOLDER/bench-up.log" 2>&1 || {
        cat "$LOGS_FOLDER/bench-up.log" >&2
        fail "The shop for the bench did not open."
    }
    BENCH_FIRST_START=$(awk -v from="$start" -v to="$EPOCHREALTIME" 'BEGIN {print to - from}')
}

clean_up_after_bench() {
    local status=$?
    trap - EXIT
    if ((status != 0)) && [[ -d $BENCH_HOME/logs ]]; then
        rm -rf "$LOGS_FOLDER/failed-bench"
        cp -r "$BENCH_HOME/logs" "$LOGS_FOLDER/failed-bench"
        warn "The logs of the bench's shop are kept in $LOGS_FOLDER/failed-bench."
    fi
    step "Closing the bench's shop"
    "$BENCH_HOME/souk" down purge=1 >/dev/null 2>&1 || warn "The bench's shop did not close; see $BENCH_HOME."
    exit "$status"
}
