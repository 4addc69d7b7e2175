# shellcheck shell=bash
# runs the contract tests alone, against a second shop, which it removes afterwards
#
# The options are those of Tests/Contract/contract.py, such as --examples 200, --seed 1, --service cart, --stateful.

# shellcheck source=/dev/null
source "$SOUK_ROOT/deploy/local/commands/test.sh"

command_test_contract() {
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}" "${PACKAGES_TO_TEST[@]}"
    mkdir -p "$LOGS_FOLDER" "$TEST_HOME"
    build
    choose_sample
    trap clean_up_after_tests EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    start_test_shop
    local failed=0
    run_contract_tests "$@" || failed=1
    audit_at_the_end || failed=1
    show_summary
    return "$failed"
}
