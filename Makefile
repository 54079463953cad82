# make demo    from nothing to a graph you can click through: the README's example
# make test    every check: ruff, mypy, tests, doctests
# make test-long   fuzzing, kills and load in full, of which `make test` does a tenth
# make lock    requirements.lock anew from pyproject.toml: every package by version and hash (needs uv)
# make docs    the ontology as HTML, in build/ontology.html
# make model   train the language model again from its treebanks (hours); CORPORA says where they are
PYTHON ?= python3
CORPORA ?= ../shared/corpora
BIN := .venv/bin

.PHONY: demo test test-long lock docs model clean

.venv/.installed: pyproject.toml requirements.lock
	test -x $(BIN)/python || $(PYTHON) -m venv .venv
	$(BIN)/pip install --quiet --disable-pip-version-check --require-hashes -r requirements.lock
	$(BIN)/pip install --quiet --disable-pip-version-check --no-deps --no-build-isolation -e .
	touch $@

demo: .venv/.installed
	rm -rf demo && mkdir demo
	$(BIN)/kg build data/articles --store demo/store
	$(BIN)/kg extract data/articles/trade-war.txt
	$(BIN)/kg query --store demo/store --name who-demands-what
	$(BIN)/kg export --store demo/store -o demo/graph.ttl
	$(BIN)/kg view --store demo/store -o demo/graph.html
	@echo "The graph is in demo/graph.html (open it in a browser), the triples in demo/graph.ttl."

test: .venv/.installed
	$(BIN)/ruff check kg tests examples data docs
	$(BIN)/ruff format --check kg tests examples data docs
	$(BIN)/mypy
	$(BIN)/python -m pytest -n 2 --dist loadfile --no-loadscope-reorder

test-long: .venv/.installed
	KG_LONG=1 $(BIN)/python -m pytest -m long

lock:
	printf 'hatchling\neditables\n' | uv pip compile pyproject.toml - --extra test --universal --python-version 3.11 \
		--generate-hashes --no-header --no-annotate --quiet --output-file requirements.lock

docs: .venv/.installed
	$(BIN)/pip install --quiet --disable-pip-version-check -e '.[docs]'
	mkdir -p build
	$(BIN)/pylode ontologies/kg.ttl -o build/ontology.html

model:
	$(PYTHON) data/models/recipe/make.py --treebanks $(CORPORA)/treebank --re3d $(CORPORA)/entities/re3d \
		--raw $(CORPORA)/raw --uner $(CORPORA)/entities/uner_ewt-dev.iob2 --briefs $(CORPORA)/../briefs \
		--out data/models/en_geopol_news_sm

clean:
	rm -rf .venv .mypy_cache .ruff_cache .pytest_cache .hypothesis build demo
