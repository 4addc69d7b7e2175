# shellcheck shell=bash
# compiles all programs without starting anything

command_build() {
    ensure_packages "${PACKAGES_TO_BUILD[@]}"
    build
}
