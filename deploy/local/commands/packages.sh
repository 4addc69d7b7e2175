# shellcheck shell=bash
# installs the Debian packages that building, running, watching and testing need; the other commands do it by themselves

command_packages() {
    ensure_packages "${PACKAGES_TO_BUILD[@]}" "${PACKAGES_TO_RUN[@]}" "${PACKAGES_TO_TEST[@]}" "${PACKAGES_TO_BROWSE[@]}"
    ensure_packages_to_watch
}
