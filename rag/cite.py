"""A sentence -> a Citation, checked against the article's text, or nothing."""

from __future__ import annotations

from rag.types import Article, Citation, Sentence, Span, content_hash


def cite(
    article: Article, sentence: Sentence, *, marker: int, score: float, answer: Span | None = None
) -> Citation | None:
    """The citation of a sentence, or None where a span does not lie where it must.

    The sentence's within this article's text; that of the words that answer, `answer`, within the sentence.
    """
    citation = Citation(
        marker=marker,
        article_id=sentence.article_id,
        title=article.title,
        source=article.source,
        url=article.url,
        published=article.published,
        sentence=sentence.index,
        start=sentence.start,
        end=sentence.end,
        quote=article.text[sentence.start : sentence.end],
        content_hash=article.content_hash,
        score=score,
        answer=answer,
    )
    return citation if holds(citation, article) else None


def holds(citation: Citation, article: Article) -> bool:
    """The invariant: the same article, the same text, and the quote stands exactly at its offsets."""
    return (
        citation.article_id == article.id
        and citation.content_hash == content_hash(article.text)
        and 0 <= citation.start < citation.end <= len(article.text)
        and article.text[citation.start : citation.end] == citation.quote
        and (citation.answer is None or citation.start <= citation.answer.start < citation.answer.end <= citation.end)
    )
