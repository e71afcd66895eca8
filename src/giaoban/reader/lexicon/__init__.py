"""What reading knows beforehand: kinds of documents, their codes, who issues them. Each entry has its source."""

from giaoban.reader.lexicon.codes import Family, Issuer, canonical_code, canonical_issuer, issuers_named
from giaoban.reader.lexicon.types import DocumentType, by_code, by_word, document_types, generic_words

__all__ = [
    "DocumentType",
    "Family",
    "Issuer",
    "by_code",
    "by_word",
    "canonical_code",
    "canonical_issuer",
    "document_types",
    "generic_words",
    "issuers_named",
]
