# Two commands do everything, set-up included: make run, make test.
PYTHON ?= python3
HOST ?= 127.0.0.1
PORT ?= 7860
BIN := .venv/bin

.PHONY: setup run test check eval figures claims fit train

setup: .venv/.ready

.venv/.ready: pyproject.toml constraints.txt
	$(PYTHON) -m venv .venv
	$(BIN)/python -m pip install --disable-pip-version-check -q -c constraints.txt -e '.[dev]'
	@touch $@

run: setup
	BELEG_HOST=$(HOST) BELEG_PORT=$(PORT) $(BIN)/python app.py

test: setup
	$(BIN)/python -m pytest

check: setup
	$(BIN)/ruff format --check .
	$(BIN)/ruff check .
	$(BIN)/mypy
	$(BIN)/lint-imports

eval: setup
	$(BIN)/beleg-eval run evals/suites/seeds.jsonl --corpus seeds --leave-out article --gate evals/gate.json

# The figures of the README: each question with weights that its topic had no part in. DATA is a folder with xquad_de/ and wikinews_de/ (see evals/README.md).
figures: setup
	$(BIN)/beleg-eval run $(DATA)/xquad_de/questions.jsonl \
	  --corpus $(DATA)/xquad_de/passages.jsonl $(DATA)/wikinews_de/articles.jsonl --data runs/archive \
	  --leave-out group --groups $(DATA)/xquad_de/passages.jsonl --folds evals/folds.json --out runs/german
	$(BIN)/beleg-eval run $(DATA)/xquad_de/questions.jsonl --question question_en --data runs/archive \
	  --leave-out group --groups $(DATA)/xquad_de/passages.jsonl --folds evals/folds.json --out runs/english

# The figures of checking claims: altered sentences among the articles that `make figures` took in, pairs, quotations, the samples.
claims: setup
	$(BIN)/beleg-eval perturb $(DATA)/xquad_de/questions.jsonl --sample 300 --data runs/archive \
	  --corpus $(DATA)/xquad_de/passages.jsonl $(DATA)/wikinews_de/articles.jsonl > runs/altered.jsonl
	$(BIN)/beleg-eval run runs/altered.jsonl --data runs/archive \
	  --leave-out group --groups $(DATA)/xquad_de/passages.jsonl --out runs/altered
	$(BIN)/beleg-eval pairs $(DATA)/xnli_de/dev.jsonl --language de
	$(BIN)/beleg-eval pairs $(DATA)/fever_symmetric_en/dev.jsonl --language en
	$(BIN)/beleg-eval speech $(DATA)/wikinews_de/quotes.jsonl --corpus $(DATA)/wikinews_de/articles.jsonl --split dev
	$(BIN)/beleg-eval own $(DATA)/averitec_en/dev.jsonl
	$(BIN)/beleg-eval run evals/suites/claims.jsonl --corpus seeds --out runs/claims
	$(BIN)/beleg-eval run evals/suites/plain.jsonl --corpus evals/suites/plain --out runs/plain
	$(BIN)/beleg-eval run evals/suites/deceptive.jsonl --corpus evals/suites/deceptive --out runs/deceptive

# The weights of rag/weights.json, cross-validated, each sign taken out in turn: runs/fit. Takes most of an hour.
fit: setup
	$(BIN)/beleg-eval fit $(DATA)/xquad_de/questions.jsonl --also question_en \
	  --corpus $(DATA)/xquad_de/passages.jsonl $(DATA)/wikinews_de/articles.jsonl --data runs/archive \
	  --groups $(DATA)/xquad_de/passages.jsonl --ablate --out runs/fit

# The judge and the reader in rag/models/weights, from the bundled encoder. DATA is a folder with the sets that evals/train/sets.py names;
# with Debian's mythes-de, words are also put in for others. The judge takes some 80 minutes on two cores with nothing beside it; it goes on where it was stopped.
train: setup
	$(BIN)/beleg-eval train judge --data $(DATA) --out runs/train
	$(BIN)/beleg-eval train reader --data $(DATA) --out runs/train
