# shellcheck shell=bash
# shows that every dashboard has data, and that every alert fires when its fault is made and ends with it
#
# In a shop of its own, which is thrown away. Its Prometheus has the rules of deploy/observability, with shorter times:
# windows are divided by 60 (and are four seconds at least), limits in seconds by 15 (twelve at least). Only the promises
# of speed are four times longer, since the test itself keeps the machine busy. SOUK_TEST_PATIENCE=3 waits three times as
# long for everything, on a slow machine.

command_test_observability() {
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}" "${PACKAGES_TO_WATCH[@]}" "${PACKAGES_TO_TEST[@]}"
    mkdir -p "$LOGS_FOLDER" "$TEST_HOME"
    make_python "$SOUK_HOME/venv-observability" "$SOUK_ROOT/Tests/Observability/requirements.txt"
    [[ -n ${SOUK_BINARIES:-} ]] || build
    trap clean_up_after_observability EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    build_hurried_settings
    start_test_shop
    step "Testing dashboards and alerts"
    "$SOUK_HOME/venv-observability/bin/python" -B -m pytest -q -s "$SOUK_ROOT/Tests/Observability" "$@"
}

# The same rules and settings, in a hurry.
build_hurried_settings() {
    export SOUK_PROMETHEUS_SETTINGS="$TEST_HOME/hurried" SOUK_SAMPLE_SECONDS=1
    # The services inherit these: a small crowd is more than an instance lets in, and tokens outlive the test.
    export HTTP_MAX_IN_FLIGHT=64 ACCESS_TOKEN_SECONDS=3600
    rm -rf "$SOUK_PROMETHEUS_SETTINGS"
    "$OBSERVABILITY/build" --rules "$SOUK_PROMETHEUS_SETTINGS/rules" --factor 60 --limit-factor 15 --shortest 4 --patient
    # PostgreSQL's job keeps its times: its exporter takes seconds where a server is missing.
    sed -E '/job_name: postgres$/,/job_name: redis$/!s/(scrape_interval|scrape_timeout|evaluation_interval): .*/\1: 1s/' \
        "$OBSERVABILITY/prometheus/prometheus.yml" >"$SOUK_PROMETHEUS_SETTINGS/prometheus.yml"
}

clean_up_after_observability() {
    local status=$?
    trap - EXIT
    if ((status != 0)) && [[ -d $TEST_HOME/logs ]]; then
        rm -rf "$LOGS_FOLDER/failed-test-observability"
        cp -r "$TEST_HOME/logs" "$LOGS_FOLDER/failed-test-observability"
        warn "The logs of that shop are kept in $LOGS_FOLDER/failed-test-observability."
    fi
    step "Cleaning up"
    stop_test_shop
    exit "$status"
}
