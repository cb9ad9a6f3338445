# `make help` lists what there is. Each target prepares the machine for itself (scripts/setup.sh).

.DEFAULT_GOAL := help
.PHONY: help demo web test test-full lint bench gen wasm clean

RUN := .venv/bin/python scripts/test.py

help: ## this list
	@sed -n 's/^\([a-z-]*\):.*## \(.*\)/  make \1 \t\2/p' $(MAKEFILE_LIST) | expand -t 18

demo: ## audit the example in Python: demo/report.html
	@scripts/setup.sh demo
	@scripts/wheel.sh
	@scripts/demo.sh

web: wasm ## build the page and serve it on this machine
	@scripts/setup.sh web
	npm --prefix web-demo run build
	npm --prefix web-demo run preview

test: ## every test suite, 45 minutes at most from nothing on two cores
	@scripts/setup.sh test
	@$(RUN)

test-full: ## the long suites too; the result goes to docs/test-full.md
	@scripts/setup.sh full
	@$(RUN) --full

lint: ## formatters, linters and type checkers
	@scripts/setup.sh test
	@$(RUN) --only lint

bench: ## criterion, and the comparison with other libraries
	@scripts/setup.sh full
	@scripts/wheel.sh
	cargo bench -p modelassay
	.venv/bin/python benches/peers.py

gen: ## write every generated file
	cargo xtask gen

wasm: ## both wasm modules, optimised, into bindings-wasm/pkg
	@scripts/setup.sh wasm
	cargo xtask wasm --release

clean: ## remove everything that was built or installed here
	rm -rf target .venv demo web-demo/dist web-demo/node_modules bindings-wasm/pkg bindings-wasm/node_modules
