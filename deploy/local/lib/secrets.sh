# shellcheck shell=bash
# Passwords and keys: made at the first start, one file each, readable by this user only.

readonly SECRETS_FOLDER="$SOUK_HOME/secrets"
readonly SECRET_NAMES=(postgres replicator auditor redriver monitor login catalog cart payments order_tracking
    staff psp-api-key psp-webhook read-after signing-key session proxy)

# create_secrets [name…]: makes those that are missing, and these too.
create_secrets() {
    local name
    mkdir -p "$SECRETS_FOLDER"
    chmod 700 "$SECRETS_FOLDER"
    for name in "${SECRET_NAMES[@]}" "$@"; do
        [[ -s $SECRETS_FOLDER/$name ]] || random_text | write_file "$SECRETS_FOLDER/$name" 600
    done
}

# 192 random bits in letters and digits that need no quoting in a URL, in SQL or in a shell.
random_text() { od -An -N24 -tx1 /dev/urandom | tr -d ' \n'; }

secret() { cat "$SECRETS_FOLDER/$1"; }
