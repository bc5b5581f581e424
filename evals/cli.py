"""Measure an archive's answers. Exit status: 0 done, 1 a case crashed or the gate is not met, 2 wrong usage."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from evals.compare import compare_runs, difference_table, read_scores
from evals.fingerprints import articles_fingerprint, fingerprint
from evals.fit.folds import read_folds, read_weights, weights_of
from evals.formats.form import write_row
from evals.formats.locate import locate_evidence
from evals.formats.read import read_suites
from evals.gate import fallen_short, read_gate
from evals.leave_out import leave_out_articles, leave_out_groups, read_groups
from evals.perturb import perturb
from evals.run import run_cases
from evals.run_folder import RunFolder, read_identity, trec_files
from evals.types import Case, Row, Suite
from rag.errors import BelegError, InputError

if TYPE_CHECKING:
    from rag.archive import Archive
    from rag.check.judge import Judge
    from rag.types import Article
    from rag.weights import Weights

DONE, FAILED, WRONG_USAGE = 0, 1, 2
_VERSIONS = ("torch", "sentence-transformers", "chromadb", "tantivy", "ir_measures")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs one command. Returns the exit status."""
    options = _parser().parse_args(arguments)
    try:
        run: Callable[[argparse.Namespace], int] = options.run
        return run(options)
    except BelegError as error:
        print(f"beleg-eval: {error}", file=sys.stderr)
        return WRONG_USAGE if isinstance(error, InputError) else FAILED
    except KeyboardInterrupt:
        print("beleg-eval: stopped; the same command with its --out goes on from here.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        sys.stderr.close()
        return DONE


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="beleg-eval", description=__doc__, allow_abbrev=False)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    reading = argparse.ArgumentParser(add_help=False)
    reading.add_argument(
        "suites", nargs="+", type=Path, metavar="SUITE", help="JSON lines, SQuAD JSON, FEVER claims, or a BEIR folder"
    )
    reading.add_argument("--corpus", nargs="+", type=Path, default=[], metavar="PATH", help="articles to take in first")
    reading.add_argument("--data", type=Path, metavar="DIR", help="the archive to use and keep (else a temporary one)")
    reading.add_argument(
        "--question", default="question", metavar="FIELD", help="the field of passage rows that holds the question"
    )

    run = commands.add_parser(
        "run", parents=[reading], help="put every case to the archive and score it", allow_abbrev=False
    )
    run.add_argument(
        "--leave-out",
        choices=["article", "group"],
        help="ask each question again with the articles that answer it, or their whole groups, out of reach",
    )
    run.add_argument("--groups", type=Path, metavar="FILE", help="JSONL with the id and group of each article")
    run.add_argument("--weights", type=Path, metavar="FILE", help="weights that `fit` wrote, instead of the shipped")
    run.add_argument(
        "--folds", type=Path, metavar="FILE", help="folds that `fit` wrote: each case with weights it had no part in"
    )
    run.add_argument("--gate", type=Path, metavar="FILE", help="JSON: the threshold of each metric, else exit 1")
    run.add_argument("--out", type=Path, metavar="DIR", help="the run's folder; one that was cut off is gone on with")
    run.set_defaults(run=_run)

    fit = commands.add_parser(
        "fit",
        parents=[reading],
        help="fit the weights of the signs, and cross-validate them by group",
        allow_abbrev=False,
    )
    fit.add_argument("--also", metavar="FIELD", help="a second field of passage rows to fit on, in the other language")
    fit.add_argument("--groups", type=Path, metavar="FILE", help="JSONL with the id and group of each article")
    fit.add_argument("--folds", type=int, default=5, metavar="N", help="in how many parts the groups are dealt (5)")
    fit.add_argument("--ablate", action="store_true", help="fit again without each sign in turn")
    fit.add_argument(
        "--keep",
        type=Path,
        metavar="FOLDS",
        help="fit what a reader adds alone; all others stay, those of FOLDS too",
    )
    fit.add_argument("--sample", type=int, metavar="N", help="on so many questions, by chance (all)")
    fit.add_argument("--out", type=Path, required=True, metavar="DIR", help="where weights, folds and figures go")
    fit.set_defaults(run=_fit)

    compare = commands.add_parser("compare", help="what changed from one run to another", allow_abbrev=False)
    compare.add_argument("first", type=Path, metavar="RUN", help="a folder that --out wrote")
    compare.add_argument("second", type=Path, metavar="RUN", help="another, over the same cases")
    compare.set_defaults(run=_compare)
    for command in (run, compare):
        command.add_argument("--json", action="store_true", help="print one JSON object")

    pairing = commands.add_parser("pairs", help="check claims against one sentence each", allow_abbrev=False)
    pairing.add_argument("pairs", type=Path, metavar="FILE", help="JSON lines as XNLI or FeverSymmetric has them")
    pairing.add_argument("--language", choices=["de", "en"], help="of claims and sentences (else told from each claim)")
    pairing.add_argument("--json", action="store_true", help="print one JSON object")
    pairing.set_defaults(run=_pairs)

    altering = commands.add_parser(
        "perturb", parents=[reading], help="make claims that are wrong in one place, as a suite", allow_abbrev=False
    )
    altering.add_argument("--seed", type=int, default=0, metavar="N", help="which of the possible alterations (0)")
    altering.add_argument("--sample", type=int, metavar="N", help="of so many sentences, chosen by the seed (all)")
    altering.set_defaults(run=_perturb)

    speech = commands.add_parser("speech", help="measure who said what on annotated quotations", allow_abbrev=False)
    speech.add_argument("quotes", type=Path, metavar="QUOTES", help="JSONL: article_id, type, quote, spans, speaker")
    speech.add_argument(
        "--corpus", nargs="+", type=Path, required=True, metavar="PATH", help="the articles of the rows"
    )
    speech.add_argument("--split", metavar="NAME", help="the rows of this split alone")
    speech.add_argument("--json", action="store_true", help="print one JSON object")
    speech.set_defaults(run=_speech)
    _add_models(commands, reading)
    return parser


def _add_models(commands: Any, reading: argparse.ArgumentParser) -> None:
    """What makes the models that come with Beleg, and measures their word."""
    own = commands.add_parser("own", help="check claims that bring their own articles", allow_abbrev=False)
    own.add_argument("claims", type=Path, metavar="FILE", help="JSON lines: claims with articles, or AVeriTeC's")
    own.add_argument("--json", action="store_true", help="print one JSON object, with every claim")
    own.set_defaults(run=_own)

    pages = commands.add_parser(
        "pages", help="measure the reader on pages whose sentences are marked", allow_abbrev=False
    )
    pages.add_argument("pages", type=Path, metavar="FILE", help="JSON lines as OMoS-QA has them, `.gz` or not")
    pages.add_argument("--json", action="store_true", help="print one JSON object")
    pages.add_argument("--tuned", type=Path, metavar="FILE", help="from the log odds on that suit these best (0)")
    pages.set_defaults(run=_pages)

    training = commands.add_parser(
        "train", help="train the judge or the reader that come with Beleg", allow_abbrev=False
    )
    training.add_argument("kind", choices=["judge", "reader"], help="which of them")
    training.add_argument(
        "--data", type=Path, required=True, metavar="DIR", help="the folder with the sets to learn from"
    )
    training.add_argument(
        "--out", type=Path, required=True, metavar="DIR", help="checkpoints and log; one is gone on with"
    )
    training.add_argument("--seed", type=int, default=1, metavar="N", help="what is drawn, and in which order (1)")
    training.set_defaults(run=_train)

    standard = commands.add_parser(
        "standard",
        parents=[reading],
        help="fit what the judge's word is worth, and from when on it decides",
        allow_abbrev=False,
    )
    standard.add_argument(
        "--out", type=Path, required=True, metavar="FILE", help="where it goes: rag/check/support.json"
    )
    standard.add_argument(
        "--learned", type=Path, metavar="DIR", help="the sets of the training: what was held out of it counts too"
    )
    standard.add_argument("--seed", type=int, default=1, metavar="N", help="that of the training (1)")
    standard.set_defaults(run=_standard)


def _run(options: argparse.Namespace) -> int:
    gate = read_gate(options.gate) if options.gate else {}
    suite = read_suites(options.suites, question=options.question)
    groups = dict(suite.groups) | (read_groups(options.groups) if options.groups else {})
    with _archive(options, suite) as archive:
        articles = {article.id: article for article in archive.articles()}
        cases = locate_evidence(suite.cases, articles)
        cases += _left_out(cases, options.leave_out, groups)
        weights = _weights(options, groups)
        for case in cases:
            weights(case)  # a case that no fold has weights for is refused before the first one is asked
        identity = _identity(archive, options)
        folder = RunFolder(options.out, identity) if options.out else None
        rows = _rows(archive, cases, articles, folder, weights, progress=not options.json)
    return _report(rows, identity, folder, gate, as_json=options.json)


@contextmanager
def _archive(options: argparse.Namespace, suite: Suite, *, judge: Judge | None = None) -> Iterator[Archive]:
    """The archive that the options name, or one in a folder that goes when it is closed, with the articles taken in."""
    from rag.archive import Archive

    if options.data is None and not options.corpus and not suite.articles:
        raise InputError("There is nothing to ask: name an archive with --data, or articles with --corpus.")
    with (
        TemporaryDirectory(prefix="beleg-eval-") as scratch,
        Archive.open(options.data or scratch, judge=judge) as archive,
    ):
        report = archive.ingest([*options.corpus, *suite.articles], progress=not getattr(options, "json", True))
        for failure in report.failed:
            print(f"beleg-eval: {failure.where}: {failure.reason}", file=sys.stderr)
        if report.failed:
            raise BelegError(
                f"{len(report.failed)} of the corpus's articles could not be taken in, so nothing was run."
            )
        yield archive


def _rows(
    archive: Archive,
    cases: Sequence[Case],
    articles: Mapping[str, Article],
    folder: RunFolder | None,
    weights: Callable[[Case], Weights],
    *,
    progress: bool,
) -> list[Row]:
    """A row a case in their order: those that an earlier try left in the folder, and the others now."""
    from tqdm.auto import tqdm

    done = folder.done(cases) if folder else {}
    waiting = [case for case in cases if case.id not in done]
    bar = tqdm(
        run_cases(archive, waiting, articles, weights),
        desc="cases",
        total=len(cases),
        initial=len(done),
        unit=" cases",
        disable=None if progress else True,
    )
    for row in bar:
        done[row.case.id] = row
        if folder:
            folder.add(row)
    return [done[case.id] for case in cases]


def _identity(archive: Archive, options: argparse.Namespace) -> dict[str, Any]:
    """What decides the rows: the suites, the articles, the model, the settings and the versions."""
    import platform
    from importlib.metadata import version

    from rag.settings import Settings

    archive.prepare()
    settings, status = Settings(), archive.status()
    return {
        "suites": {str(path): fingerprint(path) for path in options.suites},
        "question": options.question,
        "leave out": options.leave_out or "nothing",
        "groups": fingerprint(options.groups) if options.groups else "",
        "articles": {"count": status.articles, "sha256": articles_fingerprint(archive.articles())},
        "model": status.model,
        "weights": _weights_name(options),
        **({"reranker": f"{status.reranker}, first {settings.rerank}"} if status.reranker else {}),
        **({"reader": status.reader} if status.reader else {}),
        **({"judge": status.judge} if status.judge else {}),
        "settings": {"min_confidence": settings.min_confidence},
        "versions": {name: version(name) for name in ("beleg", *_VERSIONS)} | {"python": platform.python_version()},
    }


def _weights(options: argparse.Namespace, groups: Mapping[str, str]) -> Callable[[Case], Weights]:
    """Which weights each case is asked with."""
    from rag.weights import shipped_weights

    if options.weights and options.folds:
        raise InputError("--weights and --folds both say which weights to use. Name one of them.")
    if options.folds:
        folds = read_folds(options.folds)
        return lambda case: weights_of(case, folds, groups)
    own = read_weights(options.weights) if options.weights else shipped_weights()
    return lambda _case: own


def _weights_name(options: argparse.Namespace) -> str:
    from rag.weights import shipped_weights

    if options.folds:
        return f"folds {fingerprint(options.folds)[:16]}"
    return (read_weights(options.weights) if options.weights else shipped_weights()).fingerprint


def _fit(options: argparse.Namespace) -> int:
    from evals.fit.command import fit_and_report
    from rag.settings import Settings
    from rag.weights import shipped_weights

    settings = Settings()
    if settings.reranker or settings.reader not in (None, "none", "bundled"):
        raise InputError(
            "The weights are fitted without a re-ranker or another reader: unset BELEG_RERANKER and BELEG_READER."
        )
    kept = read_folds(options.keep) if options.keep else None
    if kept is not None and settings.reader != "bundled":
        raise InputError("--keep fits what a reader adds: set BELEG_READER=bundled.")
    if kept is not None and options.ablate:
        raise InputError("--ablate fits every weight again, --keep what a reader adds alone. Name one of them.")
    if options.sample is not None and options.sample < 1:
        raise InputError(f"--sample {options.sample}: it must be at least 1.")
    questions = [options.question, *([options.also] if options.also else [])]
    suites = [read_suites(options.suites, question=question) for question in questions]
    groups = dict(suites[0].groups) | (read_groups(options.groups) if options.groups else {})
    if not groups:
        raise InputError("fit needs --groups FILE: JSONL with the id and group of each article.")
    with _archive(options, suites[0]) as archive:
        articles = {article.id: article for article in archive.articles()}
        cases = [case for suite in suites for case in locate_evidence(suite.cases, articles)]
        cases = Random(0).sample(cases, min(len(cases), options.sample or len(cases)))
        report = fit_and_report(
            archive,
            cases,
            groups,
            shipped_weights(),
            folds=options.folds,
            ablate=options.ablate,
            out=options.out,
            kept=kept,
        )
    print(report)
    return DONE


def _report(
    rows: Sequence[Row],
    identity: Mapping[str, Any],
    folder: RunFolder | None,
    gate: Mapping[str, float],
    *,
    as_json: bool,
) -> int:
    from evals.report.page import as_page
    from evals.report.summary import summarise
    from evals.report.text import as_markdown, as_text
    from rag.as_json import to_json

    summary = summarise(rows, identity)
    if folder:
        folder.write_rows(rows)
        folder.write("summary.md", as_markdown(summary))
        folder.write("report.html", as_page(summary, rows))
        for name, text in trec_files(rows).items():
            folder.write(name, text)
        folder.write("summary.json", to_json(summary) + "\n")
    print(to_json(summary) if as_json else as_text(summary))
    short = fallen_short(summary.figures, gate)
    for line in short:
        print(f"beleg-eval: {line}", file=sys.stderr)
    return FAILED if short or summary.crashed else DONE


def _compare(options: argparse.Namespace) -> int:
    from rag.as_json import to_json

    differences = compare_runs(read_scores(options.first), read_scores(options.second))
    first, second = read_identity(options.first), read_identity(options.second)
    different = [name for name in {**first, **second} if first.get(name) != second.get(name)]
    if options.json:
        print(to_json({"run with different": different, "differences": differences}))
    else:
        print(f"run with different: {', '.join(different) or 'nothing'}\n\n{difference_table(differences)}")
    return DONE


def _perturb(options: argparse.Namespace) -> int:
    suite = read_suites(options.suites, question=options.question)
    with _archive(options, suite) as archive:
        articles = {article.id: article for article in archive.articles()}
        cases = locate_evidence(suite.cases, articles)
        sentences = {id: [s for passage in archive.passages(id) for s in passage.sentences] for id in articles}
    for case in perturb(cases, articles, sentences, seed=options.seed, sample=options.sample):
        print(write_row(case))
    return DONE


def _pairs(options: argparse.Namespace) -> int:
    from evals.pairs import check_pairs, pair_figures, read_pairs
    from evals.report.text import figure_lines
    from rag.as_json import to_json
    from rag.check.judge import make_judge
    from rag.model_configs import judge_config
    from rag.settings import Settings

    pairs = read_pairs(options.pairs)
    judge = make_judge(judge_config(Settings()))
    figures = pair_figures(pairs, check_pairs(pairs, language=options.language, judge=judge))
    name = judge.fingerprint if judge else "findings"
    print(to_json({"judge": name, "figures": figures}) if options.json else f"judge: {name}\n{figure_lines(figures)}")
    return DONE


def _own(options: argparse.Namespace) -> int:
    from evals.own_articles import check_own, outcome_rows, own_figures, read_own_claims
    from evals.report.text import figure_lines
    from rag.as_json import to_json
    from rag.check.judge import make_judge
    from rag.model_configs import embedder_config, judge_config
    from rag.models.embedder import make_embedder
    from rag.settings import Settings

    claims, settings = read_own_claims(options.claims), Settings()
    judge, embedder = make_judge(judge_config(settings)), make_embedder(embedder_config(settings))
    outcomes = list(check_own(claims, embedder=embedder, judge=judge))
    name, figures = judge.fingerprint if judge else "findings", own_figures(outcomes)
    if options.json:
        print(to_json({"judge": name, "figures": figures, "claims": outcome_rows(outcomes)}))
    else:
        wrong = [f"{one.claim.id:<10} {one.check.verdict:<20} {one.claim.claim}" for one in outcomes if not one.right]
        print("\n".join([f"judge: {name}", figure_lines(figures), "", "not as is due:", *wrong]))
    return DONE


def _pages(options: argparse.Namespace) -> int:
    from evals.pages import page_figures, read_page, read_pages, tuned_least
    from evals.report.text import figure_lines
    from rag.as_json import to_json
    from rag.models.trained_reader import TrainedReaderModel

    model = TrainedReaderModel()
    tuning = [read_page(page, model) for page in read_pages(options.tuned)] if options.tuned else []
    least = tuned_least(tuning) if tuning else 0.0
    reads = [replace(read_page(page, model), least=least) for page in read_pages(options.pages)]
    figures = page_figures(reads)
    if options.json:
        print(to_json({"reader": model.fingerprint, "least": least, "figures": figures}))
    else:
        print(f"reader: {model.fingerprint}, from log odds of {least} on\n{figure_lines(figures)}")
    return DONE


def _standard(options: argparse.Namespace) -> int:
    from evals.fit.standard import Recorder, fit_standard, weigh_claims, weigh_pairs, write_standard
    from rag.check.judge import make_judge
    from rag.model_configs import judge_config
    from rag.settings import Settings

    judge = make_judge(judge_config(Settings()))
    if judge is None:
        raise InputError("There is no judge to fit: set BELEG_JUDGE.")
    recorder = Recorder()
    judge.standard = recorder
    suite = read_suites(options.suites, question=options.question)
    with _archive(options, suite, judge=judge) as archive:
        weighed = list(weigh_claims(archive, suite.cases, recorder))
    if options.learned:
        from evals.train.material import judge_material

        weighed += weigh_pairs(judge_material(options.learned, seed=options.seed).held_out, judge, recorder)
    standard = fit_standard(weighed)
    write_standard(standard, options.out)
    print(f"{len(weighed)} claims: {dict(standard.least)}")
    return DONE


def _train(options: argparse.Namespace) -> int:
    from evals.train.command import train_model

    print(train_model(options.kind, data=options.data, out=options.out, seed=options.seed))
    return DONE


def _speech(options: argparse.Namespace) -> int:
    from evals.speech import measure_speech, read_quotes, speech_table
    from rag.as_json import to_json
    from rag.ingest.read import read_articles
    from rag.text.language import detect_language
    from rag.text.sentences import split_sentences
    from rag.text.speech import find_speech
    from rag.types import Failure

    read = list(read_articles(options.corpus))
    for failure in (item for item in read if isinstance(item, Failure)):
        raise InputError(f"{failure.where}: {failure.reason}")
    articles = {article.id: article for article in read if not isinstance(article, Failure)}
    quotes = read_quotes(options.quotes, articles, split=options.split)
    languages = {id: a.language or detect_language(a.text) for id, a in articles.items()}
    sentences = {id: split_sentences(id, a.text, language=languages[id]) for id, a in articles.items()}
    started = time.perf_counter()
    speeches = {id: find_speech(id, a.text, sentences[id], language=languages[id]) for id, a in articles.items()}
    figures = measure_speech(quotes, articles, speeches, seconds=time.perf_counter() - started)
    print(to_json(figures) if options.json else speech_table(figures))
    return DONE


def _left_out(cases: Sequence[Case], what: str | None, groups: Mapping[str, str]) -> list[Case]:
    if what == "article":
        return leave_out_articles(cases)
    if what == "group":
        if not groups:
            raise InputError("--leave-out group needs --groups FILE: JSONL with the id and group of each article.")
        return leave_out_groups(cases, groups)
    return []


if __name__ == "__main__":
    sys.exit(main())
