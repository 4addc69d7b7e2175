# shellcheck shell=bash
# Debian packages: installs what is missing, without starting or enabling any of Debian's own services.

readonly PACKAGES_TO_BUILD=(pkg-config libpq-dev libhiredis-dev libargon2-dev)
readonly PACKAGES_TO_RUN=(postgresql redis-server haproxy prometheus supervisor curl jq)
# The shop sells without these: it is only watched less well.
readonly PACKAGES_TO_WATCH=(prometheus-alertmanager prometheus-postgres-exporter prometheus-redis-exporter)
readonly PACKAGES_TO_TEST=(python3-venv)
readonly PACKAGES_TO_BROWSE=(chromium fonts-noto-core)

# ensure_packages <package…>: returns when all are there.
ensure_packages() {
    local missing
    missing=$(missing_packages "$@")
    [[ -n $missing ]] || return 0
    command -v apt-get >/dev/null || fail "Please install these (the names are Debian's): $missing"
    local -a as_root=()
    if ((EUID != 0)); then
        sudo -n true 2>/dev/null || fail "Packages are missing, and this user may not install them. Please run:
  sudo apt-get install --no-install-recommends $missing"
        as_root=(sudo -n)
    fi
    step "Installing Debian packages: $missing"
    # shellcheck disable=SC2086 # a list of names without spaces
    "${as_root[@]}" bash "$SOUK_ROOT/deploy/local/tools/install-packages" $missing
}

# ensure_packages_to_watch: installs them where that can be done, and says what is missing where not.
ensure_packages_to_watch() {
    local missing
    missing=$(missing_packages "${PACKAGES_TO_WATCH[@]}")
    [[ -n $missing ]] || return 0
    (ensure_packages "${PACKAGES_TO_WATCH[@]}") >/dev/null 2>&1 || true
    missing=$(missing_packages "${PACKAGES_TO_WATCH[@]}")
    [[ -z $missing ]] || warn "Without $missing some dashboards stay empty and alerts are sent nowhere."
}

missing_packages() {
    local package missing=''
    for package in "$@"; do
        package_is_there "$package" || missing+=" $(debian_name "$package")"
    done
    echo "${missing# }"
}

package_is_there() {
    case $1 in
        postgresql) [[ -n $(postgres_binaries) ]] ;;
        redis-server | haproxy | prometheus | prometheus-* | jq | curl | pkg-config) tool_path "$1" >/dev/null ;;
        supervisor) tool_path supervisord >/dev/null ;;
        libpq-dev) pkg-config --exists libpq 2>/dev/null ;;
        libhiredis-dev) pkg-config --exists hiredis 2>/dev/null ;;
        libargon2-dev) pkg-config --exists libargon2 2>/dev/null ;;
        chromium) tool_path chromium >/dev/null || tool_path chromium-browser >/dev/null ;;
        python3-venv) /usr/bin/python3 -c 'import venv, ensurepip' 2>/dev/null ;;
        *) dpkg-query -W -f '${db:Status-Status}' "$1" 2>/dev/null | grep -qx installed ;;
    esac
}

# Debian 12 has PostgreSQL 15; other releases have their own default.
debian_name() {
    if [[ $1 == postgresql ]] && apt-cache show postgresql-15 >/dev/null 2>&1; then
        echo postgresql-15
    elif [[ $1 == postgresql ]] && grep -qx 'VERSION_ID="12"' /etc/os-release; then
        echo postgresql-15
    else
        echo "$1"
    fi
}

# Servers live in /usr/sbin, which is not on every user's path.
tool_path() { PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin" command -v "$1"; }

# The newest PostgreSQL of this machine, 15 or later; nothing when there is none.
postgres_binaries() {
    local folder newest=''
    for folder in $(printf '%s\n' /usr/lib/postgresql/*/bin | sort -V); do
        local version=${folder#/usr/lib/postgresql/}
        version=${version%/bin}
        if [[ -x $folder/postgres && $version =~ ^[0-9]+$ ]] && ((version >= 15)); then
            newest=$folder
        fi
    done
    echo "$newest"
}
