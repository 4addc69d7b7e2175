# shellcheck shell=bash
# Building. `make up` and `make test` share one configuration, so that one build serves both.

readonly SOUK_CONFIGURATION=${SOUK_CONFIGURATION:-release}
readonly EXECUTABLES=("${SERVICES[@]}" psp-simulator soukctl)

require_swift() {
    command -v swift >/dev/null || fail "Swift 6.3 is not on the path; see https://www.swift.org/install/linux/"
}

# build [swift build arguments…]: a progress line every few seconds, the compiler's words only when it fails.
build() {
    require_swift
    local -a flags
    mapfile -t flags < <("$SOUK_ROOT/deploy/scripts/swift-flags" "$SOUK_CONFIGURATION")
    local log="$SOUK_HOME/logs/build.log"
    mkdir -p "$SOUK_HOME/logs"
    step "Building ($SOUK_CONFIGURATION); the first time takes some minutes"
    if ! (cd "$SOUK_ROOT" && swift build "${flags[@]}" "$@" 2>&1) | tee "$log" | show_build_progress; then
        grep -E '(error|warning): ' "$log" | sort -u | head -n 40 >&2 || true
        tail -n 5 "$log" >&2
        fail "The build failed; the compiler's words are in $log."
    fi
    step "Built"
}

show_build_progress() {
    local line latest='' shown=$SECONDS status
    while true; do
        status=0
        IFS= read -r -t 5 line || status=$?
        ((status == 0 || status > 128)) || break
        if ((status == 0)); then latest=$line; fi
        if ((SECONDS - shown >= 10)) && [[ -n $latest ]]; then
            step "  ${latest:0:110}"
            shown=$SECONDS
        fi
    done
}

# Where the last build of this configuration is. SwiftPM itself would tell, after seconds.
build_path() { readlink -f "$SOUK_ROOT/.build/$SOUK_CONFIGURATION"; }

# Copies what was built into the home: what runs stays as it is while the next build goes on.
install_binaries() {
    local from name
    if [[ -n ${SOUK_BINARIES:-} ]]; then from=$SOUK_BINARIES; else from=$(build_path); fi
    mkdir -p "$SOUK_HOME/bin"
    for name in "${EXECUTABLES[@]}"; do
        [[ -x $from/$name ]] || fail "There is no program $from/$name."
        cmp -s "$from/$name" "$SOUK_HOME/bin/$name" && continue
        cp --reflink=auto "$from/$name" "$SOUK_HOME/bin/$name.new"
        mv -f "$SOUK_HOME/bin/$name.new" "$SOUK_HOME/bin/$name"
    done
}
