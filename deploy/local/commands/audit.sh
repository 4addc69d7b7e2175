# shellcheck shell=bash
# checks from outside, read-only, that nothing is lost, doubled or wrong ('soukctl audit --help')

command_audit() {
    [[ -f $SOUK_HOME/shop.json ]] || fail "The shop does not run; 'make up' starts it."
    SOUK_SHOP="$SOUK_HOME/shop.json" exec "$(binary_of soukctl)" audit "$@"
}
