# Everything works on a fresh clone: what a target needs is installed first, into .venv.
PORT ?= 8000
BIN := .venv/bin
RUN := .venv/.installed-run .venv/.translated
DEV := .venv/.installed-dev .venv/.translated
# What customers read is translated into more languages than the desk: into those that dragoman/locale has not.
CUSTOMERS := dragoman/front/portal dragoman/ground/providers/statuses.py dragoman/service/returns/law_words.py dragoman/service/bot/words.py
KEYWORDS := --keyword gettext_lazy --keyword _now --keyword later --keyword ngettext_lazy:1,2 \
	--keyword pgettext:1c,2 --keyword pgettext_lazy:1c,2 --keyword npgettext:1c,2,3

.DEFAULT_GOAL := help
.PHONY: knowledge messages schema help demo dev test check bench models quality lock stop

help: ## say what there is
	@grep -hE '^[a-z]+:.*##' $(MAKEFILE_LIST) | sed -E 's/:.*## /\t/' | expand -t 10

demo: $(RUN) ## start everything with the demo workspace on PORT (8000)
	@$(BIN)/dragoman demo --port $(PORT)

dev: $(DEV) ## the same, started again whenever a source file changes
	@DRAGOMAN_DEBUG=1 $(BIN)/dragoman demo --port $(PORT)

test: $(DEV) ## the whole test suite, on its own embedded database (ARGS="-k mail" narrows it)
	@PYTHONDONTWRITEBYTECODE= DRAGOMAN_TEST_HOME="$(CURDIR)/var/suite" $(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder $(ARGS); status=$$?; \
	$(BIN)/python -m dragoman.ground.database.postmaster "$(CURDIR)/var/suite"; exit $$status

check: $(DEV) ## format, lint, types, architecture
	$(BIN)/ruff format --check dragoman tests conftest.py
	$(BIN)/ruff check dragoman tests conftest.py
	@# types are looked at beside the rest: each keeps a core busy for a minute
	@$(BIN)/mypy & types=$$!; failed=0; $(BIN)/lint-imports || failed=1; \
	DRAGOMAN_TEST_HOME="$(CURDIR)/var/suite" $(BIN)/python -m pytest -n 2 tests/architecture || failed=1; \
	wait $$types || failed=1; \
	$(BIN)/python -m dragoman.ground.database.postmaster "$(CURDIR)/var/suite"; exit $$failed

bench: $(DEV) ## the figures of docs/performance.md, measured here
	@$(BIN)/python -m tests.bench $(ARGS)

knowledge: $(DEV) ## make what the search of the help centre learned anew (needs the extra `meaning`)
	@$(BIN)/python -c "import os, django; os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'dragoman.config.settings'); django.setup(); from tests.quality.learn import main; raise SystemExit(main())"

models: $(DEV) ## make the language models anew from core/language/data (some minutes)
	@.ci/install train
	@$(BIN)/python -m dragoman.core.language.training
	@$(BIN)/python -m dragoman.core.language.training --held-out

quality: $(DEV) ## how well messages are understood, how complete the translations are and how large the files
	@$(BIN)/python -m tests.quality

# New texts are added empty, and a changed one is not guessed: the page of translations shows what is missing.
messages: $(DEV) ## collect the texts of the screens into the language files
	@$(BIN)/pybabel --quiet extract --mapping babel.cfg $(KEYWORDS) --no-location --output .venv/messages.pot dragoman
	@$(BIN)/pybabel --quiet extract --mapping babel.cfg $(KEYWORDS) --no-location --output .venv/customers.pot $(CUSTOMERS)
	@$(BIN)/pybabel --quiet update --domain django --input-file .venv/messages.pot --output-dir dragoman/locale \
	  --no-wrap --no-fuzzy-matching --ignore-obsolete
	@$(BIN)/pybabel --quiet update --domain django --input-file .venv/customers.pot --output-dir dragoman/front/portal/locale \
	  --no-wrap --no-fuzzy-matching --ignore-obsolete

# Its test compares the file with what the migrations make; here it writes it.
schema: $(DEV) ## write config/schema.sql anew, by which a first start is quick, after a migration
	@WRITE_SCHEMA=1 DRAGOMAN_TEST_HOME="$(CURDIR)/var/suite" $(BIN)/python -m pytest dragoman/config/tests/test_schema.py

stop: $(RUN) ## stop the embedded database, if one runs
	@$(BIN)/dragoman stop

# The universal lock holds for every Python from 3.11 and every platform; neither names where it was fetched.
LOCK := uv pip compile pyproject.toml --group build --universal --python-version 3.11 --generate-hashes \
	--no-header --no-annotate --no-emit-index-url --no-emit-find-links --quiet $(UPGRADE)
lock: .venv/.installed-dev ## write the lock files anew (UPGRADE=--upgrade takes newer versions)
	$(BIN)/$(LOCK) --output-file requirements.lock
	$(BIN)/$(LOCK) --group dev --constraint requirements.lock --output-file requirements-dev.lock
	$(BIN)/$(LOCK) --group train --constraint requirements.lock --output-file requirements-train.lock

.venv/.installed-run: requirements.lock pyproject.toml
	@.ci/install run

.venv/.installed-dev: requirements-dev.lock pyproject.toml
	@.ci/install dev

CATALOGUES := dragoman/locale dragoman/front/portal/locale
.venv/.translated: $(foreach folder,$(CATALOGUES),$(wildcard $(folder)/*/LC_MESSAGES/django.po)) | .venv/.installed-run
	@for folder in $(CATALOGUES); do $(BIN)/pybabel --quiet compile --domain django --directory $$folder || exit 1; done
	@touch $@
