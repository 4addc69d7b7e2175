# shellcheck shell=bash
# runs every test: rules, modules against real servers, the whole shop, its pages in a browser; cleans up what it started
#
# SOUK_CONFIGURATION=debug builds faster; 'test filter=CartTests' runs only what matches. Tests are of what happens, not of
# how soon; where even the second shop's own deadlines are too short, SOUK_TEST_PATIENCE=10 makes them longer.
# SOUK_TEST_SAMPLE=orders.csv replays that file in place of the project's own small one.

command_test() {
    local filter=''
    case ${1:-} in
        '') ;;
        filter=*) filter=${1#filter=} ;;
        *) fail "usage: deploy/local/souk test [filter=CartTests]" ;;
    esac
    local patience=${SOUK_TEST_PATIENCE:-1}
    [[ $patience =~ ^[1-9][0-9]?$ ]] || fail "SOUK_TEST_PATIENCE is a whole number from 1 to 99, not '$patience'."
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}" "${PACKAGES_TO_TEST[@]}"
    [[ -n $filter ]] || ensure_packages "${PACKAGES_TO_BROWSE[@]}"
    mkdir -p "$LOGS_FOLDER" "$TEST_HOME"
    make_test_python
    build --build-tests
    TESTS_BEGAN=$SECONDS
    TEST_PROGRAM="$(build_path)/soukPackageTests.xctest"
    choose_sample
    trap clean_up_after_tests EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start_test_servers
    local failed=0 target
    [[ -n $filter ]] || check_configuration_page || failed=1
    if [[ -n $filter && $filter != *System* ]]; then
        run_tests chosen --filter "$filter" || failed=1
    else
        # One target after the other: tests that measure time should not compete with the tests of other modules.
        for target in $([[ -n $filter ]] || module_test_targets); do
            run_tests "$target" --filter "^$target\\." || failed=1
        done
        make_test_shop_patient "$patience"
        start_test_shop
        run_tests SystemTests --filter "${filter:-^SystemTests\\.}" || failed=1
        [[ -n $filter ]] || run_browser_tests_in_time || failed=1
        audit_at_the_end || failed=1
    fi
    show_summary
    return "$failed"
}

TEST_SUMMARY=()
FAILED_TESTS=()

# make_test_shop_patient <patience>: the second shop's processes inherit it. A request may take nearly as long as the balancer
# waits, and tokens outlive the longest test: that costs nothing. With patience the pages wait longer for the services, and
# the balancer for a server that is busy; both cost time where a test takes a service away.
make_test_shop_patient() {
    export REQUEST_TIMEOUT_SECONDS=30 ACCESS_TOKEN_SECONDS=3600
    (($1 > 1)) || return 0
    export API_TIMEOUT_SECONDS=$(($1 < 3 ? 4 * $1 : 12)) SOUK_CHECK_SECONDS=5
}

# The table of settings in the documentation is the programs' own.
check_configuration_page() {
    step "Comparing docs/configuration.md with the programs"
    if "$SOUK_ROOT/deploy/scripts/generate-configuration" --check "$(build_path)" "${SERVICES[@]}" psp-simulator; then
        TEST_SUMMARY+=("$(printf '%-22s %s' configuration.md '✔ current')")
    else
        TEST_SUMMARY+=("$(printf '%-22s %s' configuration.md '✘ out of date')")
        return 1
    fi
}

# Every folder of tests but the whole shop's, which needs a running one.
module_test_targets() {
    local folder
    for folder in "$SOUK_ROOT"/Tests/Shared/*Tests "$SOUK_ROOT"/Tests/Services/*Tests; do basename "$folder"; done
}

# run_tests <what> <arguments…>: shows failures as they come, everything goes to the log. The test program itself is
# run: `swift test` would plan the build again each time.
run_tests() {
    local what=$1 log status=0
    shift
    log="$LOGS_FOLDER/test-$what.log"
    step "Testing $what"
    (cd "$SOUK_ROOT" && NO_COLOR=1 "$TEST_PROGRAM" --testing-library swift-testing "$@" 2>&1) \
        | tee "$log" | show_test_progress || status=$?
    local last
    last=$(grep -E '(✔|✘) Test run with' "$log" | tail -n 1 || true)
    TEST_SUMMARY+=("$(printf '%-22s %s' "$what" "${last:-no result; see $log}")")
    if ((status != 0)) || [[ $last != ✔* ]]; then
        warn "Failed: $what. Everything is in $log; its last lines:"
        tail -n 40 "$log" | cut -c 1-300 >&2
        note_failed_tests "$what" "$log"
        return 1
    fi
    # A test run without tests proves nothing.
    [[ $last != *'with 0 tests'* ]] || fail "No test matched '$*'."
}

# Names the failed tests with what they said; the summary repeats them, since a long run scrolls by.
note_failed_tests() {
    local line
    while IFS= read -r line; do
        FAILED_TESTS+=("$(printf '%-22s %s' "$1" "$line")")
    done < <(grep -E '✘ Test .*recorded an issue|Fatal error|: error: ' "$2" | cut -c 1-300 | head -n 20)
}

# The browser's clicks have limits in seconds, which a very slow machine does not keep. The other tests take less than four
# minutes on two cores; where they take ten, the browser is left out, and the summary says so.
run_browser_tests_in_time() {
    local took=$((SECONDS - TESTS_BEGAN))
    if ((took > 600)); then
        TEST_SUMMARY+=("$(printf '%-22s %s' browser "not run: the other tests took $took s here; 'make test-browser' runs it")")
        return 0
    fi
    # shellcheck disable=SC2119 # All of them.
    run_browser_tests
}

# run_browser_tests [options of pytest]: see Tests/Browser.
# shellcheck disable=SC2120 # test-browser.sh has the options.
run_browser_tests() {
    local log="$LOGS_FOLDER/test-browser.log" folder="$SOUK_ROOT/Tests/Browser" last
    step "Testing the pages in a browser"
    make_python "$SOUK_HOME/venv-browser" "$folder/requirements.txt"
    mkdir -p "$SOUK_HOME/screenshots"
    if SOUK_SHOP=$SOUK_TEST_SHOP SOUK_SCREENSHOTS="$SOUK_HOME/screenshots" FONTCONFIG_FILE="$folder/fonts.conf" \
        "$SOUK_HOME/venv-browser/bin/python" -m pytest -c "$folder/pytest.ini" "$folder" "$@" >"$log" 2>&1; then
        last=$(tail -n 1 "$log")
        TEST_SUMMARY+=("$(printf '%-22s %s' browser "✔ ${last//=/}")")
    else
        TEST_SUMMARY+=("$(printf '%-22s %s' browser "✘ see $log and $SOUK_HOME/screenshots/failed")")
        cat "$log" >&2
        return 1
    fi
}

# run_contract_tests [options]: see Tests/Contract.
run_contract_tests() {
    local log="$LOGS_FOLDER/test-contract.log"
    step "Testing the contracts"
    make_python "$SOUK_HOME/venv-contract" "$SOUK_ROOT/Tests/Contract/requirements.txt"
    if "$SOUK_HOME/venv-contract/bin/python" "$SOUK_ROOT/Tests/Contract/contract.py" --shop "$SOUK_TEST_SHOP" "$@" 2>&1 \
        | tee "$log" | sed -un 's/^contract: /        /p'; then
        TEST_SUMMARY+=("$(printf '%-22s %s' contract "✔ $(grep -c '✔' "$log") runs")")
    else
        TEST_SUMMARY+=("$(printf '%-22s %s' contract "✘ see $log")")
        cat "$log" >&2
        return 1
    fi
}

# After all that the tests did to the shop its books must still be right, once it has come to rest.
audit_at_the_end() {
    local log="$LOGS_FOLDER/test-audit.log"
    step "Auditing the second shop"
    if "$SOUK_TEST_LOCAL" audit --wait 300 >"$log" 2>&1; then
        TEST_SUMMARY+=("$(printf '%-22s %s' audit '✔ clean')")
    else
        TEST_SUMMARY+=("$(printf '%-22s %s' audit "✘ see $log")")
        cat "$log" >&2
        return 1
    fi
}

show_test_progress() {
    local line shown=$SECONDS passed=0 status
    while true; do
        status=0
        IFS= read -r -t 10 line || status=$?
        ((status == 0 || status > 128)) || break
        case $line in
            ✘* | *'recorded an issue'* | *': error: '* | *'Fatal error'*) say "$line" ;;
            '✔ Test '*) passed=$((passed + 1)) ;;
        esac
        if ((SECONDS - shown >= 15)); then
            step "  $passed tests passed so far"
            shown=$SECONDS
        fi
        line=''
    done
}

show_summary() {
    headline "Summary after $SECONDS seconds"
    printf '  %s\n' "${TEST_SUMMARY[@]}"
    if ((${#FAILED_TESTS[@]} > 0)); then printf '  %s\n' 'What failed:' "${FAILED_TESTS[@]}"; fi
    say "  sample: $SOUK_TEST_SAMPLE"
}

clean_up_after_tests() {
    local status=$?
    trap - EXIT
    # Whoever read the output may have gone (`make test | head`): what was started is stopped all the same.
    trap '' PIPE
    if ((status != 0)) && [[ -d $TEST_HOME/logs ]]; then keep_logs_of_failure || true; fi
    step "Cleaning up" || true
    stop_test_shop
    stop_test_servers
    exit "$status"
}

# The second shop is deleted; what its processes said about a failure stays.
keep_logs_of_failure() {
    rm -rf "$LOGS_FOLDER/failed-test"
    cp -r "$TEST_HOME/logs" "$LOGS_FOLDER/failed-test"
    warn "The logs of the second shop are kept in $LOGS_FOLDER/failed-test."
}
