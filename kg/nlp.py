"""The one module that loads spaCy pipelines; what leaves it are plain parsed sentences."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg import resources
from kg.errors import ModelError
from kg.parse import Sentence, Token, attach

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

DEFAULT_MODEL = "en_geopol_news_sm"
BATCH = 32  # documents that the parser takes at a time


@lru_cache(maxsize=4)
def load(name: str = DEFAULT_MODEL) -> Language:
    """A spaCy pipeline by name or folder; ours when nothing is said.

    Raises ModelError when it is not installed or has no parser.
    """
    import spacy  # here, since it costs a second that `import kg` must not

    own = f"data/models/{name}"
    try:
        nlp = spacy.load(resources.path(own) if name == DEFAULT_MODEL else name)
    except OSError as error:
        raise ModelError(
            f"model {name!r} is not there: give the name of an installed spaCy pipeline or its folder "
            f"(the default is {DEFAULT_MODEL})"
        ) from error
    missing = [what for what in ("parser",) if what not in nlp.pipe_names]
    if missing:
        raise ModelError(f"model {name!r} cannot be used: it has no {', '.join(missing)}")
    return nlp


def parse(texts: Iterable[str | Sequence[str]], model: str = DEFAULT_MODEL) -> Iterator[list[Sentence]]:
    """The parsed sentences of each text. A list of words is taken as one text already split into words."""
    nlp = load(model)
    for doc in nlp.pipe((_as_doc(nlp, text) for text in texts), batch_size=BATCH):
        yield sentences(doc)


def _as_doc(nlp: Language, text: str | Sequence[str]) -> Doc:
    if isinstance(text, str):
        return nlp.make_doc(text)
    from spacy.tokens import Doc

    return Doc(nlp.vocab, words=list(text))


def sentences(doc: Doc) -> list[Sentence]:
    """Plain sentences from a spaCy Doc; white-space tokens are left out."""
    attributes = ("TAG", "POS", "DEP", "LEMMA", "ENT_TYPE", "MORPH")
    strings = doc.vocab.strings
    names: dict[int, str] = {}

    def text_of(key: int) -> str:
        if key not in names:
            names[key] = strings[key]
        return names[key]

    rows: list[list[int]] = doc.to_array(list(attributes)).tolist()
    heads: list[int] = [t.head.i for t in doc]
    found: list[Sentence] = []
    for span in doc.sents:
        kept = [t for t in span if not t.is_space]
        if not kept:
            continue
        place = {t.i: i for i, t in enumerate(kept)}
        tokens = []
        for i, t in enumerate(kept):
            tag, pos, dep, lemma, ent, morph = map(text_of, rows[t.i])
            token = Token(
                i, t.text, lemma or t.text.lower(), pos, tag, dep if dep != "ROOT" else "root", t.idx
            )
            token.ent, token.feats, token.space = ent, morph, bool(t.whitespace_)
            tokens.append(token)
        found.append(attach(len(found), tokens, [place.get(heads[t.i], -1) for t in kept]))
    return found


def model_version(name: str = DEFAULT_MODEL) -> str:
    """Name and version of a pipeline, for provenance."""
    meta: dict[str, Any] = load(name).meta
    return f"{meta['lang']}_{meta['name']}-{meta['version']}"


def is_folder(name: str) -> bool:
    """Whether a model's name is a folder on disk."""
    return Path(name).is_dir()
