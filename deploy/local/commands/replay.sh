# shellcheck shell=bash
# replay orders.csv [options]: sells a day of a real shop through the public API ('soukctl replay --help')

command_replay() {
    [[ -n ${1:-} ]] || fail "usage: make replay file=orders.csv   (UCI Online Retail format)"
    [[ -f $SOUK_HOME/shop.json ]] || fail "The shop does not run; 'make up' starts it."
    SOUK_SHOP="$SOUK_HOME/shop.json" exec "$(binary_of soukctl)" replay "$@"
}
