"""Quotations that run over sentences keep their speaker, and so does what "she said:" announces."""

from kg.claims.clauses import Clause
from kg.english.lexicon import frame_of
from kg.english.quotations import CLOSING, OPENING, STRAIGHT, quoted_words
from kg.parsing.tree import Sentence, Token


class Quotation:
    """Walks a document's sentences and tells who is being quoted where one begins."""

    def __init__(self) -> None:
        self.open = False
        self.speaker: Token | None = None
        self.announced = False  # "The minister said:", and then a statement without quotation marks

    def speaker_of(self, sentence: Sentence) -> Token | None:
        """The running speaker, if the sentence starts inside a quotation, is one, or was announced."""
        if self.announced and sentence.tokens[0].text in OPENING | STRAIGHT:
            self.announced = False  # from here on the marks tell where it ends
        if self.open or self.announced or _wholly_quoted(sentence):
            return self.speaker
        return None

    def read(self, sentence: Sentence, clauses: list[Clause]) -> None:
        """Takes note of the sentence's quotation marks and of the last speaker it names."""
        running = self.open
        words, self.open = quoted_words(sentence, running)
        told = next((c for c in reversed(clauses) if _reports(c)), None)
        if _announces(sentence, told):
            self.announced = True
        elif self.announced:
            return  # whoever is named inside, the statement is the announced speaker's
        if told is not None:
            self.speaker = told.subject
        elif not (running or words):
            self.speaker = None


def _reports(clause: Clause) -> bool:
    frame = frame_of(clause.head, "ccomp")
    return clause.subject is not None and frame is not None and frame.kind == "report"


def _announces(sentence: Sentence, reports: Clause | None) -> bool:
    """ "The Foreign Secretary said:" and nothing more."""
    return reports is not None and reports.complement is None and sentence.tokens[-1].text == ":"


def _wholly_quoted(sentence: Sentence) -> bool:
    first, last = sentence.tokens[0].text, sentence.tokens[-1].text
    return first in OPENING | STRAIGHT and last in CLOSING | STRAIGHT
