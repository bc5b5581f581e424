"""The face that people import: open an archive, ingest, search, ask, export, verify, delete."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, replace
from datetime import UTC, date, datetime
from importlib import metadata
from os import PathLike
from pathlib import Path
from threading import RLock
from types import TracebackType
from typing import TYPE_CHECKING, NoReturn, Self, Unpack

from rag.answer.follow_up import earlier_exchanges, understand_in_conversation
from rag.answer.read import Reader, load_reader, make_reader
from rag.answer.within import PASSAGES_READ, answer_within
from rag.answer.write import Backing, OnDraft, written_answer
from rag.check.check import Library, check_claims, library_in
from rag.check.judge import Judge, Premise, make_judge
from rag.check.sources import near_duplicates
from rag.check.weigh import PASSAGES_COMPARED
from rag.check.written_judge import WrittenJudge
from rag.errors import ArchiveError, InputError, UnknownArticle
from rag.index.articles import ArticleStore
from rag.index.derived import DerivedIndex, bytes_on_disk, closed_on_error, delete_files
from rag.index.identity import begin_rebuilding, check_identity, end_rebuilding, is_rebuilding
from rag.index.listing import Sort
from rag.index.lock import ArchiveLock, make_folder
from rag.index.prepare import pieces, prepare
from rag.index.tables import INDEXED, LEAVING, PENDING
from rag.index.take_in import changed_articles, joined, take_in
from rag.ingest.fetch_config import FetchConfig
from rag.ingest.fields import is_article_address
from rag.ingest.gather import Source, gather
from rag.llm.make import answers, make_writer
from rag.llm.writer import Writer
from rag.model_configs import embedder_config, judge_config, reader_config, reranker_config, writer_config
from rag.models.embedder import Embedder, make_embedder
from rag.pack.files import check_target, export_pack, read_any_pack, read_pack
from rag.pack.pack import ConversationPack, Pack, make_conversation_pack, make_pack
from rag.pack.verify import Verification, VerifiedFile, verify_pack, verify_packs
from rag.retrieve.filters import FilterOptions, make_filters
from rag.retrieve.rerank import Reranker, make_reranker
from rag.retrieve.search import ALIGNED, Found, HybridSearch, check_k, check_question
from rag.retrieve.within import Within, search_within
from rag.settings import Settings
from rag.types import (
    Answer,
    Article,
    Check,
    Exchange,
    Fallback,
    Filters,
    Hit,
    IngestReport,
    Listing,
    Passage,
    Review,
    Speech,
    Stage,
    Status,
    Version,
)
from rag.weights import Weights, shipped_weights

if TYPE_CHECKING:
    from tqdm import tqdm

    from rag.integrations.langchain import BelegRetriever as LangChainRetriever
    from rag.integrations.llama_index import BelegRetriever

OnStage = Callable[[Stage, int, int], None]


class Archive:
    """A folder of articles and their indexes. Use it as a context manager.

    One process at a time may search or change it; within the process it is safe to call from several threads.
    `embedder` makes its vectors. `weights` is what the signs of its searches and answers count; others may be set.
    """

    @classmethod
    def open(
        cls,
        path: str | PathLike[str] | None = None,
        *,
        settings: Settings | None = None,
        embedder: Embedder | None = None,
        reranker: Reranker | None = None,
        reader: Reader | None = None,
        judge: Judge | None = None,
        writer: Writer | None = None,
        weights: Weights | None = None,
        read_only: bool = False,
    ) -> Self:
        """Opens the archive in a folder, creating it if absent. A model is loaded when it is first needed.

        The models are those of the settings where they are not given, the weights of what is found the shipped ones.
        `read_only` opens the articles alone (`articles`, `article`, `verify`, `status`) without the lock, so beside a
        server too.
        Raises ArchiveInUse, ArchiveUnwritable, or IndexMismatch from the first call that needs the index.
        """
        settings = settings or Settings()
        return cls(
            Path(path) if path is not None else settings.data,
            settings,
            embedder=embedder or make_embedder(embedder_config(settings)),
            reranker=reranker or make_reranker(reranker_config(settings)),
            reader=reader or make_reader(reader_config(settings)),
            judge=judge or make_judge(judge_config(settings)),
            writer=writer or make_writer(writer_config(settings)),
            weights=weights or shipped_weights(),
            read_only=read_only,
        )

    def __init__(
        self,
        folder: Path,
        settings: Settings,
        *,
        embedder: Embedder,
        reranker: Reranker | None,
        reader: Reader | None,
        judge: Judge | None,
        writer: Writer | None,
        weights: Weights,
        read_only: bool,
    ) -> None:
        self._folder = folder
        self._settings = settings
        self._read_only = read_only
        self.embedder = embedder
        self._reranker = reranker
        self.reader = reader
        self._judge = judge
        self._writer = writer
        self.weights = weights
        self._guard = RLock()
        self._closed = False
        self._opened_index: DerivedIndex | None = None
        make_folder(folder)
        self._lock = ArchiveLock(folder)
        if not read_only:
            self._lock.acquire()
        try:
            self._opened_store = ArticleStore(settings.database or f"sqlite:///{folder / 'articles.db'}")
        except BaseException:
            self._lock.release()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def folder(self) -> Path:
        """Where the archive lies, and what belongs to it may."""
        return self._folder

    def close(self) -> None:
        """Lets go of the folder: every other method then raises ArchiveError. A second call does nothing."""
        with self._guard:
            self._closed = True
            self._close_index()
            self._opened_store.close()
            self._lock.release()

    def ingest(
        self,
        sources: Iterable[Source] | Source,
        *,
        progress: bool = False,
        on_progress: Callable[[IngestReport, int], None] | None = None,
    ) -> IngestReport:
        """Takes in files, folders, web addresses (where the setting `fetch` allows it) and Article objects.

        The same content again changes nothing and costs no embedding. New content under a known id or address replaces
        the old article whole; of several with one id or address the last is taken in, and `replaced` names the others.
        What cannot be read, or made ready for searching, is in the report's `failed`, with the reason. The rest is
        taken in, and an older version of an article that failed stays as it was.
        `on_progress` is told what has become of the articles so far (`IngestReport.done` counts them), and how many
        they are, at the start and as it goes on. What it raises ends the ingest; what was done by then stays, and the
        last report told is true of it, as it is where an error ends it.
        """
        started = time.perf_counter()
        self._refuse_when_closed()
        listed = [sources] if isinstance(sources, str | PathLike | Article) else list(sources)
        fetch = FetchConfig(allowed=self._settings.fetch, private=self._settings.fetch_private)
        articles, report = gather(listed, fetch=fetch, max_characters=self._settings.max_article_characters)
        coming = {article.id for article in articles}
        tell = on_progress or _tell_nobody
        tell(report, len(articles))
        with _progress_bar(len(articles), enabled=progress) as bar:
            for piece in pieces(articles):
                report = joined(report, self._take_in(piece, coming=coming))
                bar.update(len(piece))
                tell(report, len(articles))
        return replace(report, seconds=time.perf_counter() - started)

    def put_back(self, article: Article) -> None:
        """Takes in an article that was here before; one that is here as it is stays so.

        Raises InputError where another has its id or address by now, also one that is taken in meanwhile, and for an
        article that cannot be taken in.
        """
        articles, report = gather([article], fetch=FetchConfig(), max_characters=self._settings.max_article_characters)
        if report.failed:
            raise InputError(f"The article cannot be taken in again: {report.failed[0].reason}.")
        with self._guard:
            changed = [one for one in articles if not self._is_back(one)]
            _ = self._index
        prepared, failed = prepare(changed, embedder=self.embedder)
        if failed:
            raise InputError(f"The article cannot be taken in again: {failed[0].reason}.")
        with self._guard:  # what takes long is done, and others may have written meanwhile
            free = [one for one in prepared if not self._is_back(one.article)]
            take_in(free, store=self._store, index=self._index, is_identity=is_article_address, coming=())

    def search(self, query: str, k: int = 10, **within: Unpack[FilterOptions]) -> list[Hit]:
        """The `k` best passages, best first, from articles of this `language` and `source` only.

        `since` and `until` are about the date of the article itself, not of what it tells of; both days are included,
        and articles without a date are left out (`undated` counts them). `articles` names the only ones to search,
        `without` those to keep out of reach; an id that is not there matches nothing.
        Raises InputError for a question, a k or a filter that cannot be used.
        """
        check_question(query)
        check_k(k)
        filters = make_filters(**within)
        with self._guard:
            return list(self._search(query, k, filters, self.weights).found.hits)

    def find(self, query: str, k: int = ALIGNED, *, without: Iterable[str] = ()) -> Found:
        """What `search` finds, with every sign that it weighs: to see why, and to fit the weights."""
        check_k(k)
        filters = make_filters(without=without)
        with self._guard:
            return self._search(check_question(query), k, filters, self.weights).found

    def ask(
        self,
        question: str,
        history: Sequence[str | Exchange] | None = None,
        *,
        on_stage: OnStage | None = None,
        on_draft: OnDraft | None = None,
        quote_only: bool = False,
        **within: Unpack[FilterOptions],
    ) -> Answer:
        """Answers in sentences of the sources, each cited, or abstains with a reason and the nearest sentences.

        Where the setting `llm` names a language model, it writes the answer, and each statement is checked against the
        sentences that it cites; where it fails, the answer in the sources' own sentences says why in `fallback`.
        `quote_only` gives those without asking it at all.
        The filters are those of `search`; the answer's `undated` counts what a date filter left out for want of a date.
        `history` holds the conversation's earlier questions, oldest first, or with their answers as an `Exchange`
        (`answer.exchange`); the last few that can be used are, and `understood` says what a follow-up was understood to
        be: by a language model where there is one and its words can be trusted, else by rules.
        `on_stage` is told when each stage begins, and `on_draft` what a language model has written so far; what they
        raise ends the question. Others may use the archive while a language model writes.
        """
        started = time.perf_counter()
        asked = check_question(question)
        filters, weights = make_filters(**within), self.weights
        tell = on_stage or _tell_nobody
        conversation = earlier_exchanges(history or ())
        writer = None if quote_only else self._writer
        reworder = writer if conversation and self._store.reach(filters).matching else None
        if reworder:
            self._refuse_without_lock()
            tell("understanding", 1, 1)
        understood = understand_in_conversation(asked, conversation, reworder)
        question = understood.question
        tell("searching", 1, 1)
        with self._guard:
            found = self._search(question, PASSAGES_READ, filters, weights)
        tell("choosing", 1, 1)
        with self._guard:
            answer = answer_within(
                found,
                weights,
                min_confidence=self._settings.min_confidence,
                filters=filters,
                reader=self.reader,
            )
        if writer and answer.citations and not answer.abstained:
            tell("writing", 1, 1)
            answer = written_answer(
                answer,
                found.found,
                weights,
                writer,
                backing=Backing(self._guard, self._store.speeches, self._judge),
                conversation=conversation,
                failure=understood.failure,
                on_draft=on_draft,
            )
        config = self._config(weights, filters, reader=self.reader, llm=writer)
        return replace(
            answer,
            question=asked,
            understood=question if question != asked else None,
            config=config,
            seconds=time.perf_counter() - started,
        )

    def check(self, text: str, *, on_stage: OnStage | None = None, **within: Unpack[FilterOptions]) -> Check:
        """Whether the articles support or refute a claim, or each claim of a text, with findings and evidence.

        The filters are those of `search`. A question, an opinion or the like gets no verdict, and `reason` says why.
        Between the claims of a text others may change the archive; each is checked in what is there then.
        `on_stage` is told when searching and when checking begins for which claim, counted from 1, of how many; a claim
        that gets no verdict has neither. The archive waits for it, so it must not wait for others that use the archive.
        Raises InputError for a text or a filter that cannot be used.
        """
        started = time.perf_counter()
        self._refuse_without_lock()
        filters, weights = make_filters(**within), self.weights
        check = check_claims(text, lambda: self._library(filters, weights), on_stage=on_stage)
        config = self._config(weights, filters, judge=self._judge)
        return replace(check, config=config, seconds=time.perf_counter() - started)

    def undated(self, **within: Unpack[FilterOptions]) -> int:
        """How many articles `since` or `until` leave out because they have no date, though they match the rest."""
        return self._store.reach(make_filters(**within)).undated

    def prepare(self) -> None:
        """Loads the models and what checks read with, and opens both indexes now: the first question need not wait."""
        with self._guard:
            self._search("Beleg", 1, Filters(), self.weights)
            self.check("Beleg ist ein Wort.")
            near_duplicates([Article("beleg", "Beleg ist ein Wort.")])
            if self._reranker:
                self._reranker.score("Beleg", ["Beleg"])
            if self.reader:
                load_reader(self.reader)
            if self._judge:
                self._judge.judge([(Premise("Beleg"), "Beleg")])

    def articles(self) -> list[Article]:
        """All articles, newest first; undated ones last."""
        return list(self._store.all())

    def article(self, article_id: str) -> Article:
        """One article. Raises UnknownArticle."""
        if article := self._store.get(article_id):
            return article
        raise _unknown(article_id)

    def passages(self, article_id: str) -> list[Passage]:
        """The passages that an article is searched by, in order; none while it is not yet indexed."""
        return self._store.passages([article_id]).get(article_id, [])

    def speeches(self, article_id: str) -> list[Speech]:
        """Who says what in an article, direct and indirect, in the order in which it begins.

        Found when the article was taken in; none while it is not yet indexed. Raises UnknownArticle.
        """
        self.article(article_id)
        return self._store.speeches([article_id]).get(article_id, [])

    def ingested(self, article_id: str) -> datetime:
        """When the article was taken in as it is now, in UTC: the same content again is not. Raises UnknownArticle."""
        if moment := self._store.ingested(article_id):
            return moment
        raise _unknown(article_id)

    def browse(
        self,
        query: str = "",
        *,
        sort: Sort = "published",
        descending: bool = True,
        offset: int = 0,
        limit: int = 50,
        source: str | None = None,
        language: str | None = None,
        since: date | None = None,
        until: date | None = None,
    ) -> Listing:
        """A page of the archive's articles without their texts: `limit` after the first `offset`, and how many in all.

        Every word of the query is part of the title, the outlet, the address or the text, letters' case aside. Those
        that have nothing in the field that is sorted by come last, and what is equal there is in the order of the ids.
        Raises InputError for a sort, a limit, an offset or a filter that cannot be used.
        """
        filters = make_filters(source=source, language=language, since=since, until=until)
        return self._store.browse(query, filters, sort=sort, descending=descending, offset=offset, limit=limit)

    def with_address(self, url: str) -> list[str]:
        """The ids of the articles that have exactly this address."""
        return self._store.with_address(url)

    def sources(self) -> dict[str, int]:
        """How many articles each outlet has, most first. Articles that name none do not count."""
        return self._store.sources()

    def versions(self, article_id: str) -> list[Version]:
        """How an article read earlier, newest first; what it took the place of is among it. Raises UnknownArticle."""
        self.article(article_id)
        return self._store.versions(article_id)

    def version(self, article_id: str, content_hash: str) -> Article | None:
        """The article as it read with this hash of its text, now or earlier; None where that is not kept.

        It has the id that it had then: an article whose place another has taken is found under its own id too.
        """
        return self._store.version(article_id, content_hash)

    def pack(self, result: Check | Answer, *, reviews: Iterable[Review] = (), number: int | None = None) -> Pack:
        """The evidence pack of a check or an answer: what it says, every quotation, and where and when it is from.

        `reviews` are what people said of it, `number` is that of its turn in a conversation. Raises InputError for a
        review of a statement that the result does not have.
        """
        return make_pack(
            result,
            article=self._store.get,
            retrieved=self._store.ingested,
            version=_version(),
            made=datetime.now(UTC).replace(microsecond=0),
            reviews=reviews,
            number=number,
        )

    def conversation_pack(self, name: str, packs: Iterable[Pack]) -> ConversationPack:
        """The evidence pack of a conversation from those of its turns, in order; `export_pack` writes it."""
        made = datetime.now(UTC).replace(microsecond=0)
        return make_conversation_pack(name, packs, version=_version(), made=made)

    def export(
        self, result: Check | Answer, target: str | PathLike[str], *, reviews: Iterable[Review] = ()
    ) -> list[Path]:
        """Writes the evidence pack of a check or an answer and returns the paths.

        `target` is a `.md` or `.json` file, or a folder for both. No other file is overwritten. Raises InputError for
        another ending, PackError where it cannot be written.
        """
        check_target(target)
        return export_pack(self.pack(result, reviews=reviews), target)

    def verify(self, file: str | PathLike[str]) -> Verification:
        """Which quotations of an exported pack (its `.json`) still hold here. Raises InputError for a bad file."""
        article = self._store.get
        return verify_pack(read_pack(file), article)

    def verify_all(self, file: str | PathLike[str] | bytes) -> VerifiedFile:
        """As `verify`, for the `.json` of a conversation too: what holds of each of its questions and claims.

        `bytes` are such a file's content.
        """
        article = self._store.get
        return verify_packs(read_any_pack(file), article)

    def delete(self, article_id: str) -> None:
        """Deletes an article everywhere. Raises UnknownArticle."""
        with self._guard:
            self.article(article_id)
            index = self._index
            self._store.mark_leaving([article_id])
            index.remove([article_id])

    def reindex(self, *, progress: bool = False) -> int:
        """Rebuilds both indexes from the articles, with the settings' model. Returns how many articles are in them.

        A rebuilding that was cut off is gone on with, where the settings name the same model. An article that cannot be
        made ready for searching is kept, pending, and does not count.
        """
        with self._guard:
            self._refuse_without_lock()
            self._close_index()
            self.embedder.embed_query("Beleg")  # a model that cannot be loaded costs no index
            if not is_rebuilding(self._store, self.embedder):
                self._store.mark_all_pending()
                delete_files(self._folder)
                self._store.remove(self._store.ids_in_state(LEAVING))
                begin_rebuilding(self._store, self.embedder)
            try:
                self._opened_index = self._rebuilt(progress=progress)
            except ArchiveError:
                end_rebuilding(self._store)  # what there is may be damaged: the next one begins anew
                raise
            end_rebuilding(self._store)
            return self._store.counts()[INDEXED]

    def _rebuilt(self, *, progress: bool) -> DerivedIndex:
        counts = self._store.counts()
        done, total = counts[INDEXED], counts[INDEXED] + counts[PENDING]
        index = DerivedIndex(self._folder, store=self._store, embedder=self.embedder)
        with closed_on_error(index), _progress_bar(total, done=done, enabled=progress) as bar:
            index.add(index.pending(), tell=bar.update)
            index.check()
        return index

    def status(self) -> Status:
        """What the archive holds. Loads no model."""
        counts = self._store.counts()
        return Status(
            path=str(self._folder),
            version=_version(),
            articles=counts[INDEXED] + counts["pending"],
            passages=counts["passages"],
            pending=counts["pending"] + counts["leaving"],
            languages=self._store.languages(),
            model=self._store.read_meta("fingerprint"),
            dimensions=int(self._store.read_meta("dimensions") or 0) or None,
            bytes=bytes_on_disk(self._folder),
            **_fingerprints(reranker=self._reranker, reader=self.reader, judge=self._judge, llm=self._writer),
        )

    def llm_failure(self) -> Fallback | None:
        """Why the language model does not answer, which is asked for a word; None where it does, and without one."""
        return answers(self._writer) if self._writer else None

    def as_llama_index(self, k: int = 10, **within: Unpack[FilterOptions]) -> BelegRetriever:
        """A LlamaIndex retriever over `search`, with `search`'s filters: language, source, since, until, articles."""
        from rag.integrations.llama_index import BelegRetriever

        return BelegRetriever(self.search, k=k, filters=asdict(make_filters(**within)))

    def as_langchain(self, k: int = 10, **within: Unpack[FilterOptions]) -> LangChainRetriever:
        """A LangChain retriever over `search`, with `search`'s filters. Raises MissingExtra without LangChain."""
        from rag.integrations.langchain import BelegRetriever

        return BelegRetriever(search=self.search, k=k, filters=asdict(make_filters(**within)))

    @property
    def _store(self) -> ArticleStore:
        self._refuse_when_closed()
        return self._opened_store

    @property
    def _index(self) -> DerivedIndex:
        """Both indexes, opened and mended at first use. Raises IndexMismatch where another model built them."""
        if self._opened_index is None:
            self._refuse_without_lock()
            check_identity(self._store, self.embedder)
            index = DerivedIndex(self._folder, store=self._store, embedder=self.embedder)
            with closed_on_error(index):
                index.mend()
            self._opened_index = index
        return self._opened_index

    def _close_index(self) -> None:
        if self._opened_index is not None:
            self._opened_index.close()
            self._opened_index = None

    def _search(self, query: str, k: int, filters: Filters, weights: Weights) -> Within:
        """The indexes are opened first, and mended: only then can be said which articles filters let through."""
        hybrid = HybridSearch(store=self._store, index=self._index, embedder=self.embedder, weights=weights)
        depth = self._settings.rerank
        return search_within(
            hybrid, self._store.reach, query, k=k, filters=filters, reranker=self._reranker, depth=depth
        )

    @contextmanager
    def _library(self, filters: Filters, weights: Weights) -> Iterator[Library]:
        """What a claim is checked in, held still meanwhile."""
        with self._guard:
            index = self._index
            yield library_in(
                self._store,
                index,
                search=lambda query: self._search(query, PASSAGES_COMPARED, filters, weights),
                filters=filters,
                judge=self._claim_judge(),
            )

    def _claim_judge(self) -> Judge | None:
        """Who judges the next claim: the language model, where the settings say so and there is one."""
        if self._settings.llm_judge and self._writer:
            return WrittenJudge(self._writer, self._judge)
        return self._judge

    def _config(self, weights: Weights, filters: Filters, **models: Reader | Judge | Writer | None) -> dict[str, str]:
        """What decides an answer or a check beside the articles."""
        return {
            "version": _version(),
            "model": self.embedder.fingerprint,
            **_fingerprints(reranker=self._reranker, **models),
            "weights": weights.fingerprint,
            "filters": str(filters),
        }

    def _take_in(self, articles: Sequence[Article], *, coming: Collection[str]) -> IngestReport:
        """What takes long is done without the guard, so that questions need not wait for it; only writing is within."""
        with self._guard:
            changed = changed_articles(articles, store=self._store)
            if changed:
                _ = self._index  # of another model, it refuses before anything is embedded
        ids = {article.id for article in changed}
        prepared, failed = prepare(changed, embedder=self.embedder)
        unchanged = tuple(article.id for article in articles if article.id not in ids)
        same = IngestReport(unchanged=unchanged, failed=tuple(failed))
        if not prepared:
            return same
        with self._guard:
            index = self._index
            taken = take_in(prepared, store=self._store, index=index, is_identity=is_article_address, coming=coming)
        return joined(same, taken)

    def _is_back(self, article: Article) -> bool:
        """Whether the article is there as it is. Raises InputError where taking it in would replace another."""
        known = self._store.get(article.id)
        if known == article:
            return True
        taken = [known.id] if known else []
        if is_article_address(article.url):
            taken += self._store.with_address(article.url or "")
        if taken:
            raise InputError(
                f"The article {taken[0]!r} was taken in since with the same id or address. Delete that first."
            )
        return False

    def _refuse_when_closed(self) -> None:
        if self._closed:
            raise ArchiveError("The archive was closed. Open it again to use it.")

    def _refuse_without_lock(self) -> None:
        self._refuse_when_closed()
        if self._read_only:
            raise ArchiveError("The archive was opened read-only: only its articles and its status can be read.")


def _tell_nobody(*_: object) -> None: ...


def _unknown(article_id: str) -> UnknownArticle:
    return UnknownArticle(f"There is no article {article_id!r} in the archive. `beleg articles` lists them.")


def _fingerprints(**models: Reranker | Reader | Judge | Writer | None) -> dict[str, str]:
    """Of those models that there are, by name."""
    return {name: model.fingerprint for name, model in models.items() if model}


def _version() -> str:
    return metadata.version("beleg")


def _progress_bar(total: int, *, enabled: bool, done: int = 0) -> tqdm[NoReturn]:
    from tqdm.auto import tqdm

    shown = None if enabled else True
    return tqdm(total=total, initial=done, desc="articles", unit=" articles", disable=shown, leave=False)
