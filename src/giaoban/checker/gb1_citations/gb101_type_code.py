"""GB101: the word before a number names another kind of document than the code in its symbol."""

from __future__ import annotations

from collections.abc import Iterator

from giaoban.checker.base import Draft, Rule, Severity, Subject
from giaoban.core.text_vi import tidy
from giaoban.reader.lexicon import by_code, by_word
from giaoban.reader.model import Citation, CitationKind

# Kinds that offices also issue inside a paper of another kind: «Quy chế số 05-QĐ/TU» is in a decision.
_ALSO = {
    "quy chế": {"QĐ", "QyĐ"},
    "quy định": {"QĐ", "QC"},
    "hướng dẫn": {"CV", "QĐ"},
    "kết luận": {"TB"},
    "quy trình": {"QĐ", "HD"},
    "đề án": {"QĐ", "KH", "NQ", "TTr"},
    "phương án": {"QĐ", "KH"},
    "dự án": {"QĐ"},
    "quy hoạch": {"QĐ"},
    "chương trình": {"QĐ"},
    "luật": set(by_code()),
    "bộ luật": set(by_code()),
    "pháp lệnh": set(by_code()),
    "văn bản hợp nhất": set(by_code()),
}
_NUMBERED = frozenset({CitationKind.PARTY, CitationKind.STATE})


def find(subject: Subject) -> Iterator[Draft]:
    """Compare the word that stands right before each full citation with the code behind it."""
    for citation in subject.document.citations:
        draft = _judge(citation)
        if draft is not None:
            yield draft


def _judge(citation: Citation) -> Draft | None:
    word, code = citation.word, citation.type
    if citation.kind not in _NUMBERED or word is None or code is None or code not in by_code():
        return None
    kind = by_word().get(word)
    printed = tidy(citation.text)
    if kind is None or code in kind.codes or code in _ALSO.get(word, ()) or not printed.lower().startswith(word):
        return None
    meant = by_code()[code].words
    if not meant or not citation.symbol or code not in citation.symbol:
        return None
    names = " hoặc ".join(meant)
    return Draft(
        citation.start,
        citation.end,
        f"«{printed}»: ghi là {word} nhưng ký hiệu {code} là của {names}",
        f"Đối chiếu văn bản gốc: nếu đúng là {word} thì ký hiệu là {kind.code}",
    )


RULE = Rule("GB101", "type-word-against-code", Severity.WARNING, find)
