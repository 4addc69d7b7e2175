# shellcheck shell=bash
# takes the pictures of the README anew, from the open shop: docs/images

command_screenshots() {
    [[ -f $SOUK_HOME/shop.json ]] || fail "The shop is closed; 'make up' opens it."
    ensure_packages python3-venv "${PACKAGES_TO_BROWSE[@]}"
    local folder="$SOUK_ROOT/Tests/Browser"
    make_python "$SOUK_HOME/venv-browser" "$folder/requirements.txt"
    step "Taking pictures"
    FONTCONFIG_FILE="$folder/fonts.conf" "$SOUK_HOME/venv-browser/bin/python" "$folder/pictures.py" --shop "$SOUK_HOME/shop.json" "$@"
}
