# shellcheck shell=bash
# runs the browser tests alone, against a second shop, which it removes afterwards
#
# The options are pytest's, such as -k keyboard.

# shellcheck source=/dev/null
source "$SOUK_ROOT/deploy/local/commands/test.sh"

command_test_browser() {
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}" "${PACKAGES_TO_TEST[@]}" "${PACKAGES_TO_BROWSE[@]}"
    mkdir -p "$LOGS_FOLDER" "$TEST_HOME"
    choose_sample
    build
    trap clean_up_after_tests EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start_test_shop
    local failed=0
    run_browser_tests "$@" || failed=1
    audit_at_the_end || failed=1
    show_summary
    return "$failed"
}
