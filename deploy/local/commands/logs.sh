# shellcheck shell=bash
# logs s=cart: follows the logs of one service, or of one process (s=cart-0), or of all; 'lines=50' to begin with

command_logs() {
    local wanted='' lines=20 argument file
    for argument in "$@"; do
        case $argument in
            s=*) wanted=${argument#s=} ;;
            lines=*) lines=${argument#lines=} ;;
            *) fail "usage: make logs s=cart" ;;
        esac
    done
    local -a files=()
    for file in "$LOGS_FOLDER/$wanted".log "$LOGS_FOLDER/$wanted"-[0-9].log; do
        if [[ -n $wanted && -f $file ]]; then files+=("$file"); fi
    done
    if [[ -z $wanted ]]; then files=("$LOGS_FOLDER"/*.log); fi
    ((${#files[@]} > 0)) && [[ -f ${files[0]} ]] || fail "There is no log of '$wanted' in $LOGS_FOLDER."
    tail -n "$lines" -F "${files[@]}" 2>/dev/null
}
