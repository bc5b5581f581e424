"""A question -> Hits: words and vectors searched side by side and fused, weighted by whether the languages agree."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from rag.errors import InputError
from rag.index.articles import INDEXED, ArticleStore
from rag.index.derived import DerivedIndex, article_ids
from rag.index.embedder import Embedder
from rag.retrieve.fuse import standardise, weighted_sum
from rag.text.language import question_language
from rag.text.tokens import grams, stems
from rag.types import Hit

MAX_QUESTION_CHARACTERS = 2_000
MAX_K = 1_000

_CANDIDATES = 200
# Measured on XQuAD-de's passages among the Wikinews articles: see evals/README.md.
_SAME_LANGUAGE = {"grams": 1.0, "stems": 1.0, "dense": 0.5}
_OTHER_LANGUAGE = {"grams": 1.0, "dense": 2.0}


class HybridSearch:
    """Searches an archive's indexes. Only articles that both indexes hold are ever found."""

    def __init__(self, *, store: ArticleStore, index: DerivedIndex, embedder: Embedder) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder

    def search(self, query: str, *, k: int, allowed: Collection[str] | None = None) -> list[Hit]:
        """The `k` best passages, best first; of the `allowed` articles only, if named.

        Raises InputError for an unusable query or k.
        """
        query = check_question(query)
        check_k(k)
        parts = self._candidates(query, k=max(k, _CANDIDATES), allowed=allowed)
        ids = sorted(set().union(*parts.values()))
        languages = self._store.languages_of(article_ids(ids))
        ids = [id for id in ids if id.rpartition("#")[0] in languages]
        standard = {name: standardise(scores, over=ids) for name, scores in parts.items()}
        language = question_language(query)
        weights = {
            id: _SAME_LANGUAGE if languages[id.rpartition("#")[0]] == language else _OTHER_LANGUAGE for id in ids
        }
        fused = {id: weighted_sum(standard, weights[id], id) for id in ids}
        best = sorted(ids, key=lambda id: (-fused[id], id))[:k]
        return self._hits(best, fused, parts)

    def _candidates(self, query: str, *, k: int, allowed: Collection[str] | None) -> dict[str, dict[str, float]]:
        vector = self._embedder.embed_query(query)
        words = self._index.passages
        found = {
            "grams": words.search("grams", grams(query), k=k, article_ids=allowed),
            "stems": words.search("stems", stems(query, language=question_language(query)), k=k, article_ids=allowed),
            "dense": self._index.vectors.search(vector, k=k, article_ids=allowed),
        }
        every = set().union(*found.values())
        found["dense"] |= self._index.vectors.similarities(vector, sorted(every - found["dense"].keys()))
        for name in ("grams", "stems"):
            if len(found[name]) < k:  # the search had no more: BM25 of all others is 0, not unknown
                found[name] = dict.fromkeys(every, 0.0) | found[name]
        return found

    def _hits(
        self,
        ids: Sequence[str],
        fused: Mapping[str, float],
        parts: Mapping[str, Mapping[str, float]],
    ) -> list[Hit]:
        articles = self._store.many(article_ids(ids), state=INDEXED)
        passages = {p.id: p for run in self._store.passages(article_ids(ids)).values() for p in run}
        return [
            Hit(
                passage=passages[id],
                score=fused[id],
                parts={name: scores[id] for name, scores in parts.items() if id in scores},
                article=articles[passages[id].article_id],
            )
            for id in ids
            if id in passages
        ]


def check_question(question: str) -> str:
    """The question without surrounding white space. Raises InputError where it is empty, too long or not Unicode."""
    stripped = question.strip()
    if not stripped:
        raise InputError("The question is empty. Ask something, such as: Wie lange dauerte das Gespräch?")
    if len(stripped) > MAX_QUESTION_CHARACTERS:
        raise InputError(
            f"The question has {len(stripped):,} characters; at most {MAX_QUESTION_CHARACTERS:,} are taken. Shorten it."
        )
    if not is_unicode(stripped):
        raise InputError("The question is not valid Unicode: it holds half a character. Type it again.")
    return stripped


def is_unicode(text: str) -> bool:
    """Whether the text has no lone surrogates, such as Python makes of bytes that it cannot decode."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def check_k(k: int) -> None:
    """Raises InputError unless 1 <= k <= 1,000."""
    if not 1 <= k <= MAX_K:
        raise InputError(f"k is {k}; it must be from 1 to {MAX_K:,}.")
