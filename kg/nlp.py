"""The one module that loads spaCy pipelines; what leaves it are plain parsed sentences."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg import clearnlp, resources
from kg.errors import KgError, ModelError
from kg.parse import Sentence, Token, attach
from kg.truecase import Cases, is_headline, stem

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

Text = str | Sequence[str] | Sequence[tuple[str, bool]]
DEFAULT_MODEL = "en_geopol_news_sm"
CAREFUL_MODEL = "en_geopol_news_trf"  # not in the wheel; needs the extra `careful`
OWN_MODELS = (DEFAULT_MODEL, CAREFUL_MODEL)
# Kinds of names that other pipelines tell apart; what is not here is no name to us (dates, sums, …).
NAMES = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "NORP"} | dict.fromkeys(
    ("LOC", "GPE", "FAC"), "LOC"
)
ENDING = frozenset(".?!:;…\"”’')]—–-*•|")  # what may stand at the end of a sentence
BATCH = 32  # paragraphs that the parser takes at a time
BLANK_LINE = re.compile(r"\s*\n[ \t\r]*\n\s*")
LINE_END = re.compile(rf"{BLANK_LINE.pattern}|(?<=[.?!:;])\s*\n\s*|\s*\n\s*(?![\sa-z])")
WRAPPED = 120  # characters; the longest line of text that was wrapped by hand or by a mailer


@lru_cache(maxsize=4)
def load(name: str = DEFAULT_MODEL) -> Language:
    """A spaCy pipeline by name or folder; ours when nothing is said.

    Raises ModelError when it is not installed, lacks a library that it needs, or has no parser.
    """
    import spacy  # here, since it costs a second that `import kg` must not
    from spacy.language import Language

    import kg.parsing.careful  # noqa: F401 (makes its component known)

    try:
        nlp = spacy.load(resources.path(f"data/models/{name}") if name in OWN_MODELS else name)
    except (OSError, KgError) as error:
        raise ModelError(
            f"model {name!r} is not there: give the name of an installed spaCy pipeline or its folder "
            f"(the default is {DEFAULT_MODEL})"
        ) from error
    except (ImportError, ValueError) as error:  # a component that no installed package makes
        raise ModelError(
            f"model {name!r} cannot be loaded: a library is missing "
            f"({CAREFUL_MODEL} needs pip install 'geopolitical-kg[careful]')"
        ) from error
    if not nlp.has_pipe("parser"):
        raise ModelError(f"model {name!r} cannot be used: it has no parser (it has {_parts(nlp)})")
    Language.component("kg_no_start", func=_no_start)
    nlp.add_pipe("kg_no_start", before="parser")
    return nlp


def _no_start(doc: Doc) -> Doc:
    """Says where no sentence begins: at a small letter, unless something ends right before it; behind an
    abbreviation that would be a sentence alone ("U.S. officials"); behind the verb that follows a quotation
    ("'We stay,' vows Hassan")."""
    for i in range(1, len(doc)):
        word, before = doc[i], doc[i - 1]
        alone = before.text.count(".") > 1 and (i == 1 or bool(before.is_sent_start))
        says = i > 2 and before.is_lower and doc[i - 2].is_quote and doc[i - 3].text in {",", "?", "!"}
        if alone or says or (word.is_lower and before.text[-1:] not in ENDING and not before.is_space):
            word.is_sent_start = False
    return doc


def _parts(nlp: Language) -> str:
    return ", ".join(nlp.pipe_names) or "no components at all"


def parse(
    texts: Iterable[Text], model: str = DEFAULT_MODEL, one_sentence: bool = False
) -> Iterator[list[Sentence]]:
    """The parsed sentences of each text. A list of words is taken as one text already split into words,
    with blanks between, or with one behind each word that says so (word, blank); with `one_sentence` it is
    known to be a single sentence.

    No sentence crosses the end of a paragraph, so that headlines and bylines stay for themselves.
    """
    nlp = load(model)
    turned = clearnlp.is_clearnlp(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    pieces = (piece for numbered in enumerate(texts) for piece in _pieces(nlp, numbered))
    if one_sentence:
        pieces = ((_unbroken(doc), place) for doc, place in pieces)
    parsed = nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)
    for _, group in groupby(parsed, key=lambda piece: piece[1][0]):
        found: list[Sentence] = []
        for doc, (_, offset) in group:
            found += sentences(doc, offset, len(found))
        yield [clearnlp.to_universal(s) for s in found] if turned else found


def _pieces(nlp: Language, numbered: tuple[int, Text]) -> Iterator[tuple[Doc, tuple[int, int]]]:
    number, text = numbered
    if not isinstance(text, str):
        from spacy.tokens import Doc

        split = [(word, True) if isinstance(word, str) else word for word in text]
        yield Doc(nlp.vocab, words=[w for w, _ in split], spaces=[blank for _, blank in split]), (number, 0)
        return
    parts = paragraphs(text)
    headlines = {start for start, paragraph in parts if is_headline(paragraph)}
    body = (p for start, p in parts if start not in headlines)
    cases = Cases(body, _written_small(nlp)) if headlines else None
    for start, paragraph in parts:
        cased = cases.truecased(paragraph) if cases is not None and start in headlines else paragraph
        folded, places = _folded(cased)
        doc = nlp.make_doc(folded)
        doc.user_data.update(places=places, written=paragraph)
        yield doc, (number, start)


@lru_cache(maxsize=4)
def _written_small(nlp: Language) -> frozenset[str]:
    """Words and stems that the pipeline's training texts write small, if it has a table of them."""
    lookups = nlp.vocab.lookups
    words = lookups.get_table("written_small")["words"].split() if lookups.has_table("written_small") else []
    return frozenset(form for word in words for form in (word, stem(word)))


def _unbroken(doc: Doc) -> Doc:
    for token in doc[1:]:
        token.is_sent_start = False
    return doc


def _folded(text: str) -> tuple[str, list[int]]:
    """The text with each run of white space as one blank, and where each of its characters stood.

    A parser trained on one blank between words takes others, and wrapped lines, for words.
    """
    pieces: list[str] = []
    places: list[int] = []
    for match in re.finditer(r"\S+|\s+", text):
        blank = match[0].isspace()
        pieces.append(" " if blank else match[0])
        places += [match.start()] if blank else range(match.start(), match.end())
    return "".join(pieces), places


def paragraphs(text: str) -> list[tuple[int, str]]:
    """Where each paragraph starts, and its text; never empty.

    Blank lines part paragraphs. Single line ends do so too, unless the lines were wrapped: that is
    taken from their length, since wrapped text has no line much over a screen's width. A line that goes
    on with a small letter goes on, however long it is.

    >>> paragraphs("Talks stall\\n\\nThe envoy\\nleft.")
    [(0, 'Talks stall'), (13, 'The envoy\\nleft.')]
    >>> long = "A" * WRAPPED + "."
    >>> [start for start, _ in paragraphs(f"The U.S.-led\\ncoalition struck.\\nIt said so.\\n{long}")]
    [0, 31, 43]
    """
    wrapped = max(map(len, text.splitlines()), default=0) <= WRAPPED
    breaks = BLANK_LINE if wrapped else LINE_END
    starts = [0, *(m.end() for m in breaks.finditer(text))]
    ends = [*(m.start() for m in breaks.finditer(text)), len(text)]
    found = [
        (start, text[start:end]) for start, end in zip(starts, ends, strict=True) if text[start:end].strip()
    ]
    return found or [(0, text)]


def sentences(doc: Doc, offset: int = 0, first: int = 0) -> list[Sentence]:
    """Plain sentences from a spaCy Doc, numbered from `first`; white-space tokens are left out."""
    strings = doc.vocab.strings
    names: dict[int, str] = {}

    def text_of(key: int) -> str:
        if key not in names:
            names[key] = strings[key]
        return names[key]

    rows: list[list[int]] = doc.to_array(["TAG", "POS", "DEP", "LEMMA", "ENT_TYPE", "MORPH"]).tolist()
    heads: list[int] = [t.head.i for t in doc]
    places: Sequence[int] = doc.user_data.get("places", range(len(doc.text)))
    written: str | None = doc.user_data.get("written")
    found: list[Sentence] = []
    for span in doc.sents:
        kept = [t for t in span if not t.is_space]
        if not kept:
            continue
        place = {t.i: i for i, t in enumerate(kept)}
        tokens = []
        for i, t in enumerate(kept):
            tag, pos, dep, lemma, ent, morph = map(text_of, rows[t.i])
            dep = "root" if dep == "ROOT" else dep
            word = t.text if written is None else written[places[t.idx] : places[t.idx] + len(t.text)]
            token = Token(i, word, lemma or word.lower(), pos, tag, dep, places[t.idx] + offset)
            token.ent, token.feats, token.space = NAMES.get(ent, ""), morph, bool(t.whitespace_)
            tokens.append(token)
        found.append(attach(first + len(found), tokens, [place.get(heads[t.i], -1) for t in kept]))
    return found


def model_version(name: str = DEFAULT_MODEL) -> str:
    """Name and version of a pipeline, for provenance."""
    meta: dict[str, Any] = load(name).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"
