"""A question -> Hits: words and vectors searched side by side and fused, then the first read for the question's words.

What each sign counts depends on whether the question's language is the article's: see `rag.weights`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace

from rag.errors import InputError
from rag.index.articles import ArticleStore
from rag.index.derived import DerivedIndex, article_ids
from rag.index.sentence_vectors import similarities
from rag.index.tables import INDEXED
from rag.models.embedder import Embedder, Vectors
from rag.retrieve.align import Alignment
from rag.retrieve.fuse import Scale, scale_of, standardise
from rag.retrieve.question import Question
from rag.text.tokens import grams, stems
from rag.text.unicode import is_unicode
from rag.types import Hit, Passage, Sentence
from rag.weights import StepWeights, Weights, weighted

MAX_QUESTION_CHARACTERS = 2_000
MAX_K = 1_000

_CANDIDATES = 200
# In so many of the first the question's words are looked for, each with so many sentences on either side.
ALIGNED = 20
_AROUND = 2


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found, best first, and where the question's words are in the sentences of the first hits.

    `vector` is the question's, of shape (dimensions,); `nearness` is how similar to it the vectors of the first hits'
    sentences are, by article and index; `scales` are those that the scores of the searches were standardised on;
    `whole` is what was found without the filters, where there were any.
    """

    question: Question
    hits: tuple[Hit, ...]
    alignment: Alignment
    vector: Vectors
    nearness: Mapping[tuple[str, int], float]
    scales: Mapping[str, Scale] = field(default_factory=dict)
    whole: Found | None = None

    @property
    def aligned(self) -> tuple[Hit, ...]:
        """Those of the hits that the question's words were looked for in."""
        return tuple(hit for hit in self.hits if "best sentence" in hit.parts)


class HybridSearch:
    """Searches an archive's indexes. Only articles that both indexes hold are ever found."""

    def __init__(self, *, store: ArticleStore, index: DerivedIndex, embedder: Embedder, weights: Weights) -> None:
        self._store = store
        self._index = index
        self._embedder = embedder
        self._weights = weights

    def search(
        self,
        query: str,
        *,
        k: int,
        allowed: Collection[str] | None = None,
        whole: Found | None = None,
        aligned: int = ALIGNED,
    ) -> Found:
        """The `k` best passages, best first; of the `allowed` articles only, if named.

        All that the searches found are fused, `Σ weight · z` (`search` in the weights); in the first `aligned`
        the question's words are looked for, and they are put in the order of `reordered`. `whole` is the same search
        without filters: its scales are used, so that a filter does not change what a passage is worth.
        Raises InputError for an unusable query or k.
        """
        query = check_question(query)
        check_k(k)
        if whole:
            question, alignment, vector = whole.question, whole.alignment, whole.vector
        else:
            sentences = self._index.sentences
            question = Question.read(query, sentences.document_frequencies, sentences=len(sentences))
            alignment, vector = Alignment(question), self._embedder.embed_query(query)
        parts = self._candidates(question, vector, k=max(k, _CANDIDATES), allowed=allowed)
        ids = sorted(set().union(*parts.values()))
        near = similarities(self._store.sentence_vectors(ids), vector)
        parts["nearest"] = {id: max(cosines) for id, cosines in near.items()}
        languages = self._store.languages_of(article_ids(ids))
        ids = [id for id in ids if id.rpartition("#")[0] in languages]
        scales = whole.scales if whole else {name: scale_of(scores, over=ids) for name, scores in parts.items()}
        standard = {name: standardise(scores, over=ids, scale=scales[name]) for name, scores in parts.items()}
        steps = {id: self._weights.of(languages[id.rpartition("#")[0]], question.asked_in) for id in ids}
        signs = {id: {name: scores[id] for name, scores in standard.items()} for id in ids}
        fused = {id: weighted(signs[id], steps[id].search) for id in ids}
        ordered = sorted(ids, key=lambda id: (-fused[id], id))[: max(k, aligned)]
        articles = self._store.many(article_ids(ordered), state=INDEXED)
        passages = self._store.passages(article_ids(ordered))
        by_id = {passage.id: passage for run in passages.values() for passage in run}
        hits = [
            Hit(
                passage=by_id[id],
                score=fused[id],
                parts={**signs[id], **_cosines(parts, scales, id), "fused": fused[id]},
                article=articles[by_id[id].article_id],
            )
            for id in ordered
            if id in by_id
        ]
        nearness = {  # the title's comes last, and is no sentence's
            (sentence.article_id, sentence.index): cosine
            for hit in hits[:aligned]
            for sentence, cosine in zip(hit.passage.sentences, near[hit.passage.id], strict=False)
        }
        first = [align_hit(hit, alignment, passages[hit.article.id]) for hit in hits[:aligned]]
        found = Found(question, (*first, *hits[aligned:]), alignment, vector, nearness, scales, whole)
        return replace(found, hits=reordered(found, self._weights).hits[:k])

    def _candidates(
        self, question: Question, vector: Vectors, *, k: int, allowed: Collection[str] | None
    ) -> dict[str, dict[str, float]]:
        words = self._index.passages
        stemmed = stems(question.text, language=question.language)
        found = {
            "grams": words.search("grams", grams(f"{question.text} {question.translated}"), k=k, article_ids=allowed),
            "stems": words.search("stems", stemmed, k=k, article_ids=allowed),
            "dense": self._index.vectors.search(vector, k=k, article_ids=allowed),
        }
        every = set().union(*found.values())
        found["dense"] |= self._index.vectors.similarities(vector, sorted(every - found["dense"].keys()))
        for name in ("grams", "stems"):
            if len(found[name]) < k:  # the search had no more: BM25 of all others is 0, not unknown
                found[name] = dict.fromkeys(every, 0.0) | found[name]
        return found


def reordered(found: Found, weights: Weights) -> Found:
    """The aligned hits by `Σ weight · part` (`passage` in the weights), the others behind them in their order.

    The parts of a hit: `grams`, `stems`, `dense` and `nearest`, the standardised scores of the searches, of which
    `dense` is the similarity of the mean of the passage's sentences and `nearest` that of the nearest of them, or of
    the article's title; the similarities themselves, `cosine` and `nearest cosine`, and how far they are above the mean
    of all that was found, `cosine above` and `nearest above`, since what is weighed must be level between languages;
    `best sentence`, the share of the question's weight that one sentence of the passage holds; and `number`, `name`,
    `noun`, `other`, `function`, the share of it in words of each kind that the passage holds with the two sentences on
    either side and the article's title. `fused`, the sum of the standardised scores (`search` in the weights), is what
    those to be aligned were chosen by, and the score of the others but for one amount, which makes the list fall from
    first to last.
    """
    asked_in = found.question.asked_in
    found = replace(found, hits=tuple(_fused(hit, weights.of(hit.article.language, asked_in)) for hit in found.hits))
    aligned = found.aligned
    others = sorted(found.hits[len(aligned) :], key=lambda hit: (-hit.parts["fused"], hit.passage.id))
    scored = [
        replace(hit, score=weighted(hit.parts, weights.of(hit.article.language, asked_in).passage)) for hit in aligned
    ]
    scored.sort(key=lambda hit: (-hit.score, hit.passage.id))
    down = scored[-1].score - others[0].parts["fused"] if others else 0.0
    return replace(found, hits=(*scored, *(replace(hit, score=hit.parts["fused"] + down) for hit in others)))


def _fused(hit: Hit, weights: StepWeights) -> Hit:
    return replace(hit, parts={**hit.parts, "fused": weighted(hit.parts, weights.search)})


def align_hit(hit: Hit, alignment: Alignment, passages: Sequence[Passage]) -> Hit:
    """The hit with the parts that come from where the question's words are."""
    article, language = hit.article, hit.article.language
    around = _around(hit.passage, passages)
    alignment.add(article, around)
    own = (alignment.shares(alignment.row(article.id, s.index), language=language) for s in hit.passage.sentences)
    whole = alignment.best(article.id, [sentence.index for sentence in around], title=True)
    best = max(sum(shares.values()) for shares in own)
    return replace(hit, parts={**hit.parts, "best sentence": best, **alignment.shares(whole, language=language)})


def _around(passage: Passage, passages: Sequence[Passage]) -> list[Sentence]:
    """The sentences of a passage and the nearest on either side."""
    first, last = passage.sentences[0].index - _AROUND, passage.sentences[-1].index + _AROUND
    near = passages[max(0, passage.index - _AROUND) : passage.index + _AROUND + 1]
    return [sentence for one in near for sentence in one.sentences if first <= sentence.index <= last]


def _cosines(parts: Mapping[str, Mapping[str, float]], scales: Mapping[str, Scale], id: str) -> dict[str, float]:
    """The similarities of a passage themselves, and how far they are above the mean of all that was found."""
    cosine, nearest = parts["dense"].get(id, 0.0), parts["nearest"].get(id, 0.0)
    return {
        "cosine": cosine,
        "nearest cosine": nearest,
        "cosine above": cosine - scales["dense"].mean,
        "nearest above": nearest - scales["nearest"].mean,
    }


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


def check_k(k: int) -> None:
    """Raises InputError unless 1 <= k <= 1,000."""
    if not 1 <= k <= MAX_K:
        raise InputError(f"k is {k}; it must be from 1 to {MAX_K:,}.")
