# shellcheck shell=bash
# What the operator reads: progress lines, answers, and failures of one sentence.

if [[ -t 1 && -z ${NO_COLOR:-} ]]; then
    readonly BOLD=$'\e[1m' GREEN=$'\e[32m' RED=$'\e[31m' PLAIN=$'\e[0m'
else
    readonly BOLD='' GREEN='' RED='' PLAIN=''
fi

say() { printf '%s\n' "$*"; }

# A line for each step, with the seconds since the command began.
step() { printf '%s[%4ds]%s %s\n' "$GREEN" "$SECONDS" "$PLAIN" "$*"; }

headline() { printf '\n%s%s%s\n' "$BOLD" "$*" "$PLAIN"; }

warn() { printf '%swarning:%s %s\n' "$RED" "$PLAIN" "$*" >&2; }

fail() {
    printf '%serror:%s %s\n' "$RED" "$PLAIN" "$*" >&2
    exit 1
}

# wait_until <seconds> <command…>: polls five times a second; fails when the time is over.
wait_until() {
    local tries=$(($1 * 5))
    shift
    until "$@" >/dev/null 2>&1; do
        tries=$((tries - 1))
        ((tries > 0)) || return 1
        sleep 0.2
    done
}
