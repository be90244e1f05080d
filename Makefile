# Everything that is needed is set up on the way: `make run` and `make test` work on a fresh machine.
SHELL := /bin/sh
BIN := .venv/bin
# Two processes; tests that share servers stay together (tests/conftest.py).
SIDE_BY_SIDE := -n 2 --dist loadgroup --no-loadscope-reorder
.DEFAULT_GOAL := help
.PHONY: help setup run chat train check test faults test-fast lint bench bench-nlu bench-told limits bench-widget bench-channels bench-load encoder widget screenshots decision-table audit lock clean

help: ## Show this list
	@awk 'BEGIN {FS = ":.*## "} /^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

setup: .venv/.ready ## Set up Python packages (done by the others when needed)

.venv/.ready: requirements.lock pyproject.toml scripts/setup.sh $(wildcard img_pathway/encoder/*.npz img_pathway/encoder/*.onnx)
	@sh scripts/setup.sh

.venv/.ready-dev: .venv/.ready requirements-dev.lock
	@sh scripts/setup.sh dev

.venv/.ready-browser .venv/.ready-servers: .venv/.ready-%: .venv/.ready-dev scripts/programs.sh
	@sh scripts/programs.sh $*

run: .venv/.ready ## Start the bot; trains a model first when there is none for the present data
	@$(BIN)/img-pathway run $(ARGS)

chat: .venv/.ready ## Talk to the bot in the terminal
	@$(BIN)/img-pathway chat $(ARGS)

train: .venv/.ready ## Train a model for the present data
	@$(BIN)/img-pathway train $(ARGS)

check: .venv/.ready ## Check all content and training data
	@$(BIN)/img-pathway check

test: .venv/.ready-browser .venv/.ready-servers ## Run all checks and tests
	@$(BIN)/ruff check .
	@$(BIN)/ruff format --check .
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not faults" $(ARGS)

faults: .venv/.ready-servers ## Break each part on purpose while people talk, and see that nothing is lost
	@$(BIN)/python -m pytest -m faults $(ARGS)

test-fast: .venv/.ready-dev ## Engine and content tests only, without a running bot
	@$(BIN)/python -m pytest $(SIDE_BY_SIDE) -m "not server and not services and not faults and not node" $(ARGS)

bench: .venv/.ready-dev ## Measure the engine; writes benchmarks/results
	@$(BIN)/python benchmarks/engine.py

bench-nlu: .venv/.ready-dev ## Measure understanding; DATASETS=/folder adds public sets; the yardstick may train for hours
	@$(BIN)/python -m benchmarks.understanding all $(if $(DATASETS),--datasets "$(DATASETS)") $(ARGS)

bench-told: .venv/.ready-dev ## Measure what is booked of what people tell; ARGS="--apart" looks at the set kept aside, and counts the look
	@$(BIN)/python -m benchmarks.told $(ARGS)

limits: .venv/.ready-dev ## Measure the limits of the dialogue on the sets for tuning, and move those that are better elsewhere
	@$(BIN)/python -m benchmarks.understanding.limits

bench-widget: .venv/.ready-browser ## Measure the website widget in a browser
	@$(BIN)/python -m benchmarks.widget

encoder: .venv/.ready ## Tune the sentence encoder anew on all examples; about an hour, in an environment of its own
	@sh scripts/encoder/encoder.sh

widget: .venv/.ready-browser ## Build the website widget, and its types from the schema of a Reply
	@$(BIN)/python -m img_pathway.channels.schema > widget/reply.schema.new && mv widget/reply.schema.new widget/reply.schema.json
	@cd widget && npm ci --silent && npm run --silent types && npm run --silent check && npm run --silent build

screenshots: .venv/.ready-browser ## Take the pictures of docs/images anew
	@$(BIN)/python -m tests.widget.screenshots

bench-channels: .venv/.ready-dev ## Measure the messaging platforms under load, over made-up ones
	@$(BIN)/python -m benchmarks.channels $(ARGS)

bench-load: .venv/.ready-servers ## Measure the bot under load beside the yardstick; twenty minutes, ARGS="--help" shows how to shorten
	@$(BIN)/python -m benchmarks.load $(ARGS)

decision-table: .venv/.ready-dev ## Write the decision table anew after rules have changed
	@$(BIN)/python -m tests.quiz.decision_table

audit: .venv/.ready-browser ## Ask the public databases for known weaknesses of what is pinned; needs the internet
	@sh scripts/audit.sh

lock: .venv/.ready ## Pin all packages anew from requirements*.in
	@sh scripts/lock.sh

clean: ## Remove what was set up, trained and logged (not the conversations)
	rm -rf .venv .state .pytest_cache .mypy_cache .ruff_cache .hypothesis .rasa *.egg-info models/*.tar.gz models/*.npz
