# shellcheck shell=bash
# What other programs need to know of the running shop, in one file: .souk/shop.json.

readonly STAFF_EMAIL=staff@souk.example

public_url() { echo "http://127.0.0.1:$(port public)"; }

write_shop_file() {
    local service services='{}'
    for service in "${SERVICES[@]}"; do
        services=$(jq -c --arg name "$service" --argjson instances "$(instances_json "$service")" \
            '. + {($name): $instances}' <<<"$services")
    done
    jq -n --arg url "$(public_url)" --arg email "$STAFF_EMAIL" --arg password "$(secret staff)" \
        --argjson databases "$(connections_json auditor)" --argjson redriver "$(connections_json redriver)" \
        --argjson services "$services" \
        --arg psp "http://127.0.0.1:$(port psp-simulator)" --arg key "$(secret psp-api-key)" \
        --arg log "$(redis_url redis-log)" --arg cache "$(redis_url redis-cache)" \
        --arg prometheus "http://127.0.0.1:$(port prometheus)" --arg alertmanager "http://127.0.0.1:$(port alertmanager)" \
        '{url: $url, staff: {email: $email, password: $password}, databases: $databases,
          redriver_databases: $redriver,
          psp: {url: $psp, journal_url: ($psp + "/v1/journal"), api_key: $key},
          redis: {log: $log, cache: $cache}, prometheus: $prometheus, alertmanager: $alertmanager, services: $services}' \
        | write_file "$SOUK_HOME/shop.json" 600
}

# connections_json <role>: how the role enters each database.
connections_json() {
    local service
    for service in "${OWNERS_OF_DATA[@]}"; do
        jq -n --arg name "$(database_name "$service")" --arg url "$(role_url "$1" "$service")" '{($name): $url}'
    done | jq -cs add
}

instances_json() {
    local slot
    for slot in $(serving_slots "$1"); do
        jq -n --arg name "$1-$slot" --arg http "http://127.0.0.1:$(instance_port "$1" "$slot" http)" \
            --arg grpc "127.0.0.1:$(instance_port "$1" "$slot" grpc)" \
            --arg admin "http://127.0.0.1:$(instance_port "$1" "$slot" admin)" \
            '{name: $name, http: $http, grpc: $grpc, admin: $admin}'
    done | jq -cs .
}
