# make demo   the README's example, from nothing
# make test   every check
# make model  train the language model again (hours)
PYTHON ?= python3
V := .venv/bin
CORPORA ?= ../shared/corpora

.PHONY: demo test model clean
.venv/.installed: pyproject.toml
	test -x $(V)/python || $(PYTHON) -m venv .venv
	$(V)/pip install --quiet --disable-pip-version-check -e '.[test]'
	touch $@

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache demo
