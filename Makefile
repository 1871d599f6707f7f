# Needs make, Python 3.11 and, on Debian, python3-venv. `make run PORT=8001`, `make test DB=postgres`,
# `make test ARGS="tests/forum -x"`.

PYTHON ?= python3
DB ?= sqlite
ARGS ?=
VENV := .venv/bin
export PYTHONUNBUFFERED := 1
TEMPLATES := find communities events forum profiles search site -path '*/jinja2/*' -prune -o -name '*.html' -print0 | xargs -0 -r
# For the tools that do not read pyproject.toml's paths.
PATHS := PYTHONPATH=.:site
PRODUCTION := DJANGO_SETTINGS_MODULE=config.settings.production ALLOWED_HOSTS=example.org \
	SECRET_KEY=for-this-check-alone-0123456789-abcdefghijklmnopqrstuvwxyz

.PHONY: run test check style templates format types floors drift catalogues deploy bench measure answers shots messages lock clean runtime dev
.NOTPARALLEL:

run: runtime
	@exec $(VENV)/python .ci/serve.py

test: dev
	@exec $(VENV)/python .ci/suite.py $(DB) $(ARGS)

# The one list of checks. TESTED=yes leaves the suite out for who has just run it.
check: style templates types floors drift catalogues deploy $(if $(TESTED),,test)
	@echo "All checks passed."

style: dev
	$(VENV)/ruff check .
	$(VENV)/ruff format --check .

templates: dev
	$(TEMPLATES) $(VENV)/djade --check --target-version 5.2

# What of the two above a machine can put right.
format: dev
	$(VENV)/ruff check --fix --quiet . || true
	$(VENV)/ruff format .
	$(TEMPLATES) $(VENV)/djade --target-version 5.2 || true

types: dev
	$(PATHS) $(VENV)/mypy

floors: dev
	$(PATHS) $(VENV)/lint-imports --no-logo

drift: dev
	DATABASE_URL=sqlite://:memory: $(VENV)/python manage.py makemigrations --check --dry-run

catalogues: dev
	$(VENV)/python .ci/catalogues.py check

deploy: dev
	@echo "manage.py check --deploy --fail-level WARNING, settings of production"
	@$(PRODUCTION) $(VENV)/python manage.py check --deploy --fail-level WARNING

# What public pages cost, against a trivial view; the world that DATABASE_URL names, else that of `make run`.
# Then the forum in large worlds of its own, beside stock django-machina: FORUM= leaves that out.
FORUM ?= 20000 200000
bench: runtime
	@$(VENV)/python .ci/bench.py
	@$(if $(FORUM),FORUM="$(FORUM)" PYTHONPATH=.ci $(VENV)/python -m forum_bench)

# What pages of spaces cost in a large world, and the plans of their queries; on DB.
measure: dev
	@exec $(VENV)/python .ci/suite.py $(DB) tests/communities/measure.py -q

# Whether the door's answers tell who has an account: medians over pairs of addresses, with production's hasher.
answers: runtime
	@exec $(VENV)/python .ci/answers.py

# Pictures of the main pages of the demo world, in var/shots/; the file is no test_*.py, so the suite leaves it out.
shots: dev
	@exec $(VENV)/python .ci/suite.py sqlite tests/browser/shots.py

messages: dev
	$(VENV)/python .ci/catalogues.py messages

# Newer versions of what pyproject.toml allows; `make lock UPGRADE=` only follows its changes.
UPGRADE ?= --upgrade
LOCK := $(VENV)/uv pip compile $(UPGRADE) --universal --generate-hashes --no-header --no-annotate --quiet
lock: dev
	$(LOCK) pyproject.toml --output-file requirements.txt
	$(LOCK) pyproject.toml --extra dev --constraint requirements.txt --output-file requirements-dev.txt

# All that the commands have made, the database of `make run` included.
clean:
	rm -rf .venv var .mypy_cache .pytest_cache .ruff_cache .import_linter_cache .hypothesis
	find locale -name '*.mo' -delete

runtime dev:
	@command -v $(PYTHON) >/dev/null || { echo "Python is missing. On Debian: sudo apt install python3 python3-venv"; exit 1; }
	@$(PYTHON) .ci/environment.py $@
