"""Statements and claims out of parsed sentences.

clauses ──────┐
nominals ─────┤ find Clauses    attribution: who says so        assembly: Clause → Claim
appositions ──┘ (EXTRACTORS)    factuality: whether it is so    speech: who speaks where
"""

from collections.abc import Callable

from kg.claims.appositions import apposition_clauses, title_clauses
from kg.claims.assembly import sentence_claims
from kg.claims.attribution import Attribution
from kg.claims.clauses import Clause, find_clauses
from kg.claims.confidence import weighed
from kg.claims.nominals import nominal_clauses
from kg.claims.resolutions import issuers, lend
from kg.claims.speech import Speech
from kg.errors import DocumentError, tell
from kg.model import Claim, Document
from kg.parsing.tree import Sentence, Token

# Each finds clauses of its own kind in a sentence; all go through the same attribution.
EXTRACTORS: dict[str, Callable[[Sentence], list[Clause]]] = {
    "clauses": find_clauses,
    "nominals": nominal_clauses,
    "appositions": apposition_clauses,
    "titles": title_clauses,
}


def extract(
    document: Document, sentences: list[Sentence], on_error: Callable[[DocumentError], None] | None = None
) -> list[Claim]:
    """The claims of a document in the order of its text; actors are not linked yet.

    The sentences are `kg.parsing.pipelines.parse`'s, their trees mended. A sentence that breaks an
    extractor gives no claims and goes to `on_error`; without it the DocumentError is raised.
    """
    claims: list[Claim] = []
    speech = Speech(sentences)
    bodies = issuers(sentences)
    for sentence in sentences:
        if sentence.block is not None and sentence.block.kind == "dateline":
            continue
        try:
            claims += _of_sentence(document, sentence, speech, bodies.get(sentence.index))
        except Exception as error:  # whatever it is, the other sentences of the document go on
            lost = f"no claims from the sentence at character {sentence.start}"
            tell(DocumentError.of(document.id, lost, error), on_error)
    return claims


def _of_sentence(
    document: Document, sentence: Sentence, speech: Speech, body: Token | None = None
) -> list[Claim]:
    """The claims of a sentence; `body` is whose doing it tells where another sentence names him."""
    found = {name: find(sentence) for name, find in EXTRACTORS.items()}
    if body is not None:
        lend(found["clauses"], body)
    attribution = Attribution(sentence, found["clauses"], speech)
    clauses = sorted((c for cs in found.values() for c in cs), key=lambda c: c.head.i)
    return [weighed(c, sentence) for c in sentence_claims(document, sentence.index, clauses, attribution)]
