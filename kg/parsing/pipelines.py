"""The one module that loads spaCy pipelines; what leaves it are plain parsed sentences."""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import groupby
from typing import TYPE_CHECKING, Any

from kg.english.morphology import stem
from kg.errors import ModelError
from kg.parsing import clearnlp, models
from kg.parsing.blocks import blocks
from kg.parsing.headlines import Cases, as_name, is_headline
from kg.parsing.limits import Limits
from kg.parsing.models import DEFAULT_MODEL as DEFAULT_MODEL
from kg.parsing.models import FAST_MODEL as FAST_MODEL
from kg.parsing.plain import Plain, plain, plain_as_it_is
from kg.parsing.repairs import repair
from kg.parsing.signals import KEY as SCORES
from kg.parsing.signals import Signals
from kg.parsing.tree import Block, Sentence, Token, attach

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

    Piece = tuple[Doc, tuple[int, int]]  # a paragraph: of which text, and from which character on

log = logging.getLogger("kg")

OnLimit = Callable[[int, str], None]
Text = str | Sequence[str] | Sequence[tuple[str, bool]]
# Kinds of names that other pipelines tell apart; what is not here is no name to us (dates, sums, …).
NAMES = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "NORP": "NORP"} | dict.fromkeys(
    ("LOC", "GPE", "FAC"), "LOC"
)
ENDING = frozenset(".?!:;…\"”’')]—–-*•|")  # what may stand at the end of a sentence
BATCH = 32  # paragraphs that the parser takes at a time …
WORDS = 4_000  # … or as soon as they have so many words: each takes 20 kB while it is parsed


@lru_cache(maxsize=4)
def load(name: str = DEFAULT_MODEL) -> Language:
    """A spaCy pipeline by name or folder; ours when nothing is said.

    Raises ModelError when it is not installed, lacks a library that it needs, or has no parser.
    """
    place = models.folder(name)
    import spacy  # here, since it costs a second that `import kg` must not
    from spacy.language import Language

    from kg.parsing import careful  # noqa: F401 (registers its component)

    try:
        nlp = spacy.load(place if name in models.OWN_MODELS else name)
    except OSError as error:
        raise ModelError(f"model {name!r} cannot be read: {error}") from error
    except (ImportError, ValueError) as error:  # a component that no installed package makes
        raise ModelError(
            f"model {name!r} cannot be loaded: a library is missing "
            f"({error}); install it, or read with {FAST_MODEL}"
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


def warn(number: int, what: str) -> None:
    """Says in the log "kg" which limit a text went over."""
    log.warning("text %d: %s", number, what)


def parse(
    texts: Iterable[Text],
    model: str = DEFAULT_MODEL,
    one_sentence: bool = False,
    on_limit: OnLimit = warn,
) -> Iterator[list[Sentence]]:
    """The parsed sentences of each text, their trees mended: what everybody reads.

    Arguments as for `trees`.
    """
    for found in trees(texts, model, one_sentence, on_limit):
        yield [repair(sentence) for sentence in found]


def trees(
    texts: Iterable[Text],
    model: str = DEFAULT_MODEL,
    one_sentence: bool = False,
    on_limit: OnLimit = warn,
) -> Iterator[list[Sentence]]:
    """The sentences of each text as the parser makes them, before any repair.

    A list of words is taken as one text already split into words, with blanks between, or with one behind
    each word that says so (word, blank); with `one_sentence` it is known to be a single sentence. No
    sentence crosses the end of a paragraph, so that headlines and bylines stay for themselves. `on_limit`
    hears the number of a text, from 0, and which of `kg.parsing.limits` it went over.
    """
    nlp = load(model)
    turned = clearnlp.is_clearnlp(nlp.get_pipe("parser").labels)  # type: ignore[attr-defined]
    over: dict[int, Limits] = defaultdict(Limits)
    pieces = (
        (doc, (number, offset))
        for number, text in enumerate(texts)
        for doc, offset in _pieces(nlp, text, over[number])
    )
    if one_sentence:
        pieces = ((_unbroken(doc), place) for doc, place in pieces)
    parsed = (doc for batch in _batches(pieces) for doc in nlp.pipe(batch, as_tuples=True, batch_size=BATCH))
    for number, group in groupby(parsed, key=lambda piece: piece[1][0]):
        found: list[Sentence] = []
        signals, limits = Signals(), over.pop(number)
        for doc, (_, offset) in group:
            found += sentences(doc, offset, len(found), signals, limits)
        signals.close()
        for what in limits.told():
            on_limit(number, what)
        yield [clearnlp.to_universal(s) for s in found] if turned else found


def _batches(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Pieces in batches that the parser takes at once."""
    batch: list[Piece] = []
    for piece in pieces:
        batch.append(piece)
        if len(batch) == BATCH or sum(len(doc) for doc, _ in batch) > WORDS:
            yield batch
            batch = []
    if batch:
        yield batch


def _pieces(nlp: Language, text: Text, limits: Limits) -> Iterator[tuple[Doc, int]]:
    """A text's paragraphs, not parsed yet, each with where it begins."""
    if not isinstance(text, str):
        from spacy.tokens import Doc

        split = [(word, True) if isinstance(word, str) else word for word in text]
        yield Doc(nlp.vocab, words=[w for w, _ in split], spaces=[blank for _, blank in split]), 0
        return
    parts = [p for b in blocks(text) if b.kind != "furniture" for p in limits.paragraph(text, b)]
    headlines = {
        b.start for b in parts if b.kind not in ("label", "dateline") and is_headline(text[b.start : b.end])
    }
    body = (text[b.start : b.end] for b in parts if b.start not in headlines)
    known = _written_small(nlp)
    cases = Cases(body, known) if headlines else None
    for block in parts or [Block(0, 0)]:  # a text that only frames another gives one without words
        read = limits.without_endless_words(plain(text[block.start : block.end], known), block.start)
        cased = cases.truecased(read.text) if cases is not None and block.start in headlines else read.text
        doc = nlp.make_doc(as_name(cased) if block.kind == "label" else cased)
        doc.user_data.update(read=read, block=block)
        yield doc, block.start


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


def sentences(
    doc: Doc,
    offset: int = 0,
    first: int = 0,
    signals: Signals | None = None,
    limits: Limits | None = None,
) -> list[Sentence]:
    """Plain sentences from a spaCy Doc, numbered from `first`; white-space tokens are left out.

    `signals` takes what the pipeline scores beside trees, `limits` which sentences were too long.
    """
    strings = doc.vocab.strings
    names: dict[int, str] = {}

    def text_of(key: int) -> str:
        if key not in names:
            names[key] = strings[key]
        return names[key]

    rows: list[list[int]] = doc.to_array(["TAG", "POS", "DEP", "LEMMA", "ENT_TYPE", "MORPH"]).tolist()
    heads: list[int] = [t.head.i for t in doc]
    read: Plain = doc.user_data.get("read") or plain_as_it_is(doc.text)
    block: Block | None = doc.user_data.get("block")
    found: list[Sentence] = []
    starts: dict[int, int] = {}
    for kept in _of_sentences(doc, read, offset, limits or Limits()):
        place = {t.i: i for i, t in enumerate(kept)}
        tokens = []
        for i, t in enumerate(kept):
            tag, pos, dep, lemma, ent, morph = map(text_of, rows[t.i])
            dep = "root" if dep == "ROOT" else dep
            start, end = read.starts[t.idx], read.ends[t.idx + len(t.text) - 1]
            word = read.text[t.idx : t.idx + len(t.text)]
            token = Token(i, word, lemma or word.lower(), pos, tag, dep, start + offset)
            token.end = end + offset
            token.ent, token.feats, token.space = NAMES.get(ent, ""), morph, bool(t.whitespace_)
            tokens.append(token)
            starts[t.i] = token.start
        sentence = attach(first + len(found), tokens, [place.get(heads[t.i], -1) for t in kept])
        sentence.block, sentence.signals = block, signals
        found.append(sentence)
    if signals is not None and SCORES in doc.user_data:
        signals.add(doc.user_data[SCORES], starts)
    return found


def _of_sentences(doc: Doc, read: Plain, offset: int, limits: Limits) -> Iterator[Sequence[Any]]:
    """The words of each sentence."""
    for span in doc.sents:
        words = [t for t in span if not t.is_space]
        if words:
            yield from limits.sentence(words, offset + read.starts[words[0].idx])
