# Every task of the project. `make help` lists them; deploy/local/ says how each is done.
SHELL := /bin/bash
SOUK := deploy/local/souk
SERVICES := login catalog cart payments order-tracking storefront

.DEFAULT_GOAL := help
.PHONY: help build up down status logs scale replay audit load bench test test-containers test-observability test-browser \
	test-contract screenshots check format

help: ## this list
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-18s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

build: ## compile all programs (release; SOUK_CONFIGURATION=debug for the other)
	@$(SOUK) build

up: ## install what is missing, build, and open the shop on this machine
	@$(SOUK) up

down: ## close the shop; purge=1 deletes its data too
	@$(SOUK) down $(if $(purge),purge=$(purge))

status: ## every process with its id, health and ports
	@$(SOUK) status

logs: ## follow the logs; s=cart for one service
	@$(SOUK) logs $(if $(s),s=$(s)) $(if $(lines),lines=$(lines))

scale: ## change the number of instances: make scale cart=3
	@$(SOUK) scale $(foreach service,$(SERVICES),$(if $(filter command,$(firstword $(origin $(service)))),$(service)=$($(service))))

replay: ## sell a day of a real shop through the public API: file=orders.csv [options='--speed 10']
	@$(SOUK) replay $(if $(file),'$(file)',) $(options)

audit: ## check from outside that nothing is lost, doubled or wrong
	@$(SOUK) audit $(options)

load: ## shopping trips against the running shop: users=50 [duration=60] [shape=spike] [think=1000] [buyers=5]
	@$(SOUK) load $(foreach option,users duration shape think buyers,$(if $($(option)),$(option)=$($(option))))

bench: ## figures of a shop of its own, beside the bare engines: [only=page,routes,orders,trip,start] [rounds=3]
	@$(SOUK) bench $(if $(only),only=$(only)) $(if $(rounds),rounds=$(rounds)) $(if $(statements),statements=$(statements))

test: ## every test: rules, modules on real servers, the whole shop; filter=CartTests for some
	@$(SOUK) test $(if $(filter),'filter=$(filter)')

test-containers: ## docker-compose.yml in a real engine: up, scaled and robbed of its stores under load, audited, down
	@Tests/Containers/run $(options)

test-observability: ## every dashboard shows something, every alert fires and ends: against a real Prometheus
	@$(SOUK) test-observability

test-browser: ## the pages in a real browser; options='-k keyboard' for some
	@$(SOUK) test-browser $(options)

screenshots: ## take the pictures of the README anew, from the open shop
	@$(SOUK) screenshots

test-contract: ## what the OpenAPI documents promise, by fuzzing; options='--examples 200 --seed 1' goes deeper
	@$(SOUK) test-contract $(options)

check: ## format, imports, generated code, file lengths, scripts, configurations
	@deploy/scripts/check

format: ## format the Swift code in place
	@deploy/scripts/format
