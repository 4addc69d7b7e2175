# shellcheck shell=bash
# The Python of the load tests and benchmarks: Locust and what draws its reports.

make_load_python() {
    local folder="$SOUK_HOME/venv-load" requirements="$SOUK_ROOT/deploy/load/requirements.txt"
    if ! cmp -s "$requirements" "$folder/requirements.txt"; then
        step "Preparing Python with Locust"
        rm -rf "$folder"
        /usr/bin/python3 -m venv "$folder"
        "$folder/bin/pip" install --quiet --only-binary=:all: -r "$requirements" \
            || fail "pip could not install what $requirements lists."
        cp "$requirements" "$folder/requirements.txt"
    fi
    LOAD_PYTHON="$folder/bin/python"
}
