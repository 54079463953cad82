"""Repairs of words taken for another part of speech: verbs for nouns, infinitives for nouns' modifiers."""

from kg.english.lexicon import base_form, frame_of
from kg.parsing.tree import Token, is_infinitive, move, promote


def verb_by_its_complement(token: Token) -> None:
    """ "accused of planning to flee": a participle that has an object or introduces a clause is a verb."""
    clause = token.dep in ("advcl", "acl") and token.child("mark") is not None
    participle = token.pos == "NOUN" and token.tag in ("VBG", "VBN", "VBD")
    if participle and (clause or token.child("obj", "xcomp", "ccomp")):
        token.pos = "VERB"


def noun_not_verb(token: Token) -> None:
    """ "lacks the guarantees": what has an article is no finite verb."""
    if token.tag == "VBZ" and token.dep in ("obj", "obl", "nsubj", "nmod", "conj") and token.child("det"):
        token.pos, token.tag = "NOUN", "NNS"


def verb_not_noun(token: Token) -> None:
    """ "The union plans to strike", "The firm complies and pays": what looks like a plural noun, with an
    infinitive that it governs or a finite verb beside it."""
    subject = next((c for c in token.children if c.dep == "compound" and c.i == token.i - 1), None)
    if token.dep not in ("root", "ccomp", "parataxis") or token.tag != "NNS" or subject is None:
        return
    content, beside = _infinitive_of(token), token.child("conj")
    governs = content is not None and frame_of(token, "xcomp") is not None
    if not governs and (beside is None or beside.tag != "VBZ" or beside.child("nsubj")):
        return
    token.pos, token.tag, subject.dep = "VERB", "VBZ", "nsubj"
    for c in list(token.children):
        if c.i < subject.i and c.dep in ("det", "amod", "compound", "nmod:poss", "nummod"):
            move(c, subject, c.dep)
        elif c.dep == "nmod" and c.i > token.i:
            c.dep = "obl"


def verb_not_participle(token: Token) -> None:
    """ "entered Gao, looted shops and left", "guards the port, deters raids": in a list of deeds what stands
    behind a comma like a participle is a deed."""
    noun = token.head
    place = noun.head if noun is not None and noun.dep == "conj" else None
    verb = place.head if place is not None and place.dep == "obj" else None
    if token.dep != "amod" or token.tag not in ("VBN", "VBD", "VBZ") or noun is None or verb is None:
        return
    comma = any(c.text == "," and c.i == token.i - 1 for c in noun.children)
    more = any(c.i > noun.i and c.tag == "VBD" for c in verb.all("conj"))
    if comma and ((verb.tag == "VBD" and more) or verb.tag == token.tag == "VBZ"):
        move(token, verb, "conj")
        move(noun, token, "obj")
        token.pos, token.tag = "VERB", verb.tag


def verb_of_first_subject(token: Token) -> None:
    """ "The talks focused on Gaza, and Vale praised Birk": of two subjects before a verb the first has one of
    its own, though it looks like a participle."""
    subjects = [c for c in token.all("nsubj", "nsubj:pass") if c.i < token.i]
    if len(subjects) != 2 or token.child("cc") is None:
        return
    first, second = subjects
    verb = next((c for c in first.all("acl") if c.tag in ("VBD", "VBN") and first.i < c.i < second.i), None)
    if verb is None or verb.child("mark", "aux", "aux:pass") is not None:
        return
    move(verb, token, "dep")
    promote(verb)
    verb.pos, verb.tag, token.dep = "VERB", "VBD", "conj"
    move(first, verb, "nsubj")


def verb_not_compound(token: Token) -> None:
    """ "raise costs and disrupt trade routes": no verb is part of a compound; what follows is its object."""
    noun = token.head
    if token.dep != "conj" or token.tag not in ("VB", "VBP", "VBZ") or noun is None or noun.dep != "compound":
        return
    target = noun.head
    verb = target.head if target is not None else None
    if target is not None and verb is not None and target.dep == "obj" and target.i > token.i:
        move(noun, verb, "obj")
        move(token, verb, "conj")
        move(target, token, "obj")


# Plurals that do stand within compounds: "Beijing affairs experts".
COMPOUND_PLURALS = frozenset(
    "affairs arms communications customs elections forces games goods news operations relations rights sales "
    "savings securities services sports systems works".split()
)


def clause_not_phrase(token: Token) -> None:
    """ "waits as Oslo weighs options", "before Oslo lowers tolls": behind these words a name, what looks like
    a plural and a noun are a clause."""
    noun = token.head
    if token.dep != "compound" or token.tag not in ("NNS", "VBZ") or noun is None or noun.i < token.i:
        return
    near = (*token.children, *noun.children)
    name = next((c for c in near if c.i == token.i - 1 and c.dep == "compound" and c.ent), None)
    marker = (name.child("case") if name is not None else None) or noun.child("case")
    if name is None or marker is None or token.lower in COMPOUND_PLURALS:
        return
    if marker.lower in ("as", "before", "after", "until", "while", "if", "because"):
        promote(token)
        token.pos, token.tag, token.dep, token.lemma = "VERB", "VBZ", "advcl", base_form(token.lower)
        noun.dep = "obj"
        for c in [c for c in noun.children if c.i < token.i]:
            move(c, token, c.dep)
        move(name, token, "nsubj")
        move(marker, token, "mark")


def clause_not_compound(token: Token) -> None:
    """ "demanded that the port cancel orders": what has a subject is a verb; the noun is its object."""
    noun, subject = token.head, token.child("nsubj")
    if token.dep != "compound" or noun is None or subject is None or noun.i < token.i:
        return
    promote(token)
    token.pos, token.tag, noun.dep = "VERB", "VBP", "obj"
    for c in [c for c in noun.children if c.i < token.i]:
        move(c, token, c.dep)


def _infinitive_of(noun: Token) -> Token | None:
    return next((c for c in noun.all("acl") if is_infinitive(c)), None)


def finite_verb(token: Token) -> None:
    """ "The bank denies laundering money": a finite verb has a subject and objects, not noun modifiers."""
    if token.tag not in ("VBZ", "VBP", "VBD"):
        return
    content = _infinitive_of(token)
    if content is not None:
        content.dep = "xcomp"
    if token.child("nsubj", "nsubj:pass", "expl", "csubj"):
        return
    for c in token.children:
        if c.dep == "compound" and c.i < token.i and c.pos in ("NOUN", "PROPN"):
            c.dep = "nsubj"
        elif c.dep == "acl" and c.tag == "VBG" and c.i > token.i:
            c.dep = "xcomp"


def growing_noun(token: Token) -> None:
    """ "comes amid mounting evidence": behind "amid" stands a noun, never a clause."""
    verb, noun, marker = token.head, token.child("obj"), token.child("mark", "case")
    if token.dep != "advcl" or token.tag != "VBG" or verb is None or noun is None or marker is None:
        return
    if marker.lower in ("amid", "amidst"):
        move(noun, verb, "obl")
        move(marker, noun, "case")
        move(token, noun, "amod")


def infinitive_not_predicate(token: Token) -> None:
    """ "is to meet", "is due to meet": a form of "be" before an infinitive is an auxiliary, no copula."""
    be, mark = token.child("cop"), token.child("mark")
    if token.tag != "VB" or token.pos != "VERB" or be is None or mark is None:
        return
    to = mark.child("fixed")
    if mark.lower == "to" or to is None:
        be.dep = "aux"
        return
    promote(mark)  # "due", which governs
    mark.pos, mark.tag, token.dep = "ADJ", "JJ", "xcomp"
    for c in [c for c in token.children if c.i < mark.i]:
        move(c, mark, c.dep)
    move(to, token, "mark")


def infinitive_not_oblique(token: Token) -> None:
    """ "opened talks to end the strike": an infinitive is a clause."""
    mark = token.child("mark")
    if token.dep in ("obl", "nmod") and token.tag == "VB" and mark is not None and mark.lower == "to":
        token.dep, token.pos = "advcl" if token.dep == "obl" else "acl", "VERB"


def limit_not_place(token: Token) -> None:
    """ "seized up to 40 lorries": "up to" before a number is its limit, the noun an object."""
    number = next((c for c in (*token.all("nummod"), token) if c.tag == "CD"), None)
    to, verb = token.child("case"), token.head
    if token.dep != "obl" or number is None or to is None or to.lower != "to" or verb is None:
        return
    up = next((c for c in (*verb.children, *token.children) if c.lower == "up" and c.i == to.i - 1), None)
    if up is None or number.i != to.i + 1:
        return
    move(up, number, "advmod")
    move(to, up, "fixed")
    if verb.pos == "VERB" and not verb.child("obj", "aux:pass", "nsubj:pass"):
        token.dep = "obj"
