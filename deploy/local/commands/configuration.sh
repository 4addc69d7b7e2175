# shellcheck shell=bash
# writes docs/configuration.md from the programs' own lists of settings

command_configuration() {
    if [[ -z ${SOUK_BINARIES:-} ]]; then
        ensure_packages "${PACKAGES_TO_BUILD[@]}"
        build
    fi
    "$SOUK_ROOT/deploy/scripts/generate-configuration" "${SOUK_BINARIES:-$(build_path)}" "${SERVICES[@]}" psp-simulator
    step "docs/configuration.md is written"
}
