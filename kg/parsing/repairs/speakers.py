"""Repairs of who speaks: the verb of saying beside a quotation or in a sentence's middle, and its subject."""

from kg.english.lexicon import base_form, reports, says
from kg.english.quotations import CLOSING, OPENING, STRAIGHT
from kg.parsing.tree import Sentence, Token, move, promote


def aside_not_coordinated(token: Token) -> None:
    """ "The two met, the radio reported": a verb of saying with no "and" before it and nothing behind it."""
    if token.dep != "conj" or token.child("cc", "obj", "ccomp", "xcomp") or token.child("nsubj") is None:
        return
    if reports(token):
        token.dep = "parataxis"


def subject_before_aside(token: Token) -> None:
    """ "The traders, a broker said, were angry", "The pact, were it signed, would hold": the first subject
    is that of the clause around the aside."""
    host, subjects = token.head, token.all("nsubj", "nsubj:pass")
    if (
        token.dep not in ("parataxis", "advcl")
        or host is None
        or len(subjects) != 2
        or subjects[1].i > token.i
    ):
        return
    if host.i > token.i and host.child("nsubj", "nsubj:pass") is None:
        move(subjects[0], host, "nsubj:pass" if host.child("aux:pass") else "nsubj")


def subject_before_speaker(token: Token) -> None:
    """ "The tariffs, he said, amount to a ban": the first of two subjects is that of what is said."""
    content = token.child("ccomp")
    first = token.child("dep", "nsubj")
    speaker = token.all("nsubj")[-1:]
    if content is None or first is None or not speaker or first is speaker[0] or not reports(token):
        return
    if first.i < speaker[0].i < token.i < content.i and content.child("nsubj", "nsubj:pass", "csubj") is None:
        move(first, content, "nsubj:pass" if content.child("aux:pass") else "nsubj")
        if content.pos == "NOUN" and not content.child("det", "cop", "amod"):
            content.pos, content.tag = "VERB", "VBP"
            for c in content.all("nmod"):
                c.dep = "obl"


def verb_behind_quote(sentence: Sentence) -> None:
    """ "'We will stay,' vows the miner": between a quotation's end and a noun stands a verb of saying, the
    noun its subject, though it looks like a plural."""
    tokens = sentence.tokens
    for comma, mark, verb, begin in zip(tokens, tokens[1:], tokens[2:], tokens[3:], strict=False):
        if mark.text in CLOSING | STRAIGHT and comma.text in (",", "?", "!"):
            _make_verb(verb, _phrase_from(begin, verb.i))


def _make_verb(token: Token, speaker: Token) -> None:
    lemma = base_form(token.lower)
    if token.lower == lemma or speaker.pos not in ("NOUN", "PROPN", "PRON") or not says(lemma):
        return
    token.pos, token.tag, token.lemma = "VERB", "VBZ", lemma
    if token.head is speaker:
        promote(token)
    elif token.head is not None and token.head.i < token.i:
        token.dep = "parataxis"
    move(speaker, token, "nsubj")


def verb_of_source(token: Token) -> None:
    """ "says the ship fled and denies it fired": a verb of saying that looks like a plural, beside another
    verb, and what it says."""
    beside, lemma = token.head, base_form(token.lower)
    if token.dep != "conj" or token.tag != "NNS" or beside is None or beside.pos != "VERB" or not says(lemma):
        return
    if token.child("det", "amod", "nummod", "nmod:poss", "compound") is not None:
        return
    token.pos, token.tag, token.lemma = "VERB", "VBZ", lemma
    above = (beside, *([beside.head] if beside.head is not None else []))
    content = next((c for a in above for c in a.all("ccomp") if c.i > token.i), None)
    if content is not None:
        move(content, token, "ccomp")


def _phrase_from(token: Token, i: int) -> Token:
    """The head of the phrase that a word begins, behind a place in the sentence."""
    while token.head is not None and token.head.i > i and token.dep not in ("nsubj", "ccomp"):
        token = token.head
    return token


def subject_of_split_quote(token: Token) -> None:
    """ "'The junta,' said the envoy, 'has arrested them'": a quotation's first piece is the subject of its
    second, and who stands between is the speaker."""
    pieces = token.all("ccomp")
    if len(pieces) != 2 or not reports(token) or not pieces[0].i < token.i < pieces[1].i:
        return
    subject, verb = pieces
    if subject.pos not in ("NOUN", "PROPN", "PRON") or subject.child("nsubj", "cop") is not None:
        return
    speaker = verb.child("nsubj", "nsubj:pass")
    if speaker is not None and (speaker.i > verb.i or token.child("nsubj") is not None):
        return
    if speaker is not None:
        move(speaker, token, "nsubj")
    if verb.pos == "NOUN" and verb.child("aux") is not None:
        verb.pos, verb.tag = "VERB", "VBG"
    move(subject, verb, "nsubj:pass" if verb.child("aux:pass") else "nsubj")


def quoted_not_done(token: Token) -> None:
    """ "'It is over,' said Vale, 'but peace has not begun'": what goes on in quotation marks is said, too."""
    verb = token.head
    content = verb.child("ccomp") if verb is not None else None
    if token.dep not in ("conj", "parataxis") or verb is None or content is None or not reports(verb):
        return
    opened = any(c.text in OPENING | STRAIGHT and verb.i < c.i < token.i for c in token.children)
    if content.i < verb.i < token.i and opened and token.child("nsubj", "nsubj:pass") is not None:
        move(token, content, "conj")


def source_behind_according(token: Token) -> None:
    """ "according to wing leaders": a preposition, and what follows it a source, by any name."""
    noun = token.head
    if token.lower != "according" or noun is None or token.dep == "case" or token.child("fixed") is None:
        return
    whole = noun.head if noun.dep == "compound" and noun.head is not None else noun
    if whole.pos not in ("NOUN", "PROPN", "PRON"):
        return
    move(token, whole, "case")
    if whole.dep in ("advcl", "parataxis", "dep"):
        whole.dep = "obl"


def speaker_behind_verb(token: Token) -> None:
    """ "'They see a chance,' warns the envoy": the noun right behind a verb of saying that has no subject
    is its speaker, whatever it was hung on."""
    host = token.head
    if token.dep != "parataxis" or host is None or host.i > token.i or token.child("nsubj", "obj", "ccomp"):
        return
    near = (*host.children, *token.children)
    quoted = any(t.i < token.i and t.text in CLOSING | STRAIGHT for t in near)
    speaker = next((t for t in near if t.i > token.i and t.dep in ("obj", "obl", "nsubj", "appos")), None)
    if (
        quoted
        and speaker is not None
        and reports(token)
        and min(t.i for t in speaker.subtree()) == token.i + 1
    ):
        move(speaker, token, "nsubj")


def speaker_after_quote(token: Token) -> None:
    """ "'It will hold,' promises the engineer": who stands behind the verb of a quotation says it."""
    said = token.child("ccomp")
    if said is None or said.i > token.i or token.child("nsubj", "nsubj:pass", "csubj", "aux:pass"):
        return
    speaker = token.child("obj", "iobj")
    quoted = any(c.dep == "punct" and said.i < c.i < token.i for c in (*token.children, *said.children))
    if speaker is not None and speaker.i > token.i and quoted and reports(token):
        speaker.dep = "nsubj"
