"""ClearNLP trees as Universal Dependencies: the labels of spaCy's published English pipelines, put into ours.

Theirs (`dobj`, `pobj`, `nsubjpass`, `attr`, …) follow the CLEAR style guide (Choi & Palmer 2012); the targets
are UD's (https://universaldependencies.org/en/). Prepositions and copulas govern there what governs them
here, so trees are turned as well as renamed.
"""

from collections.abc import Iterable

from kg.parsing.tree import Sentence, Token, conjunction_head, move

MARKS = frozenset({"dobj", "pobj", "nsubjpass", "attr", "acomp", "auxpass", "prep", "relcl", "npadvmod"})
RENAMED = {
    "dobj": "obj",
    "nsubjpass": "nsubj:pass",
    "csubjpass": "csubj:pass",
    "auxpass": "aux:pass",
    "relcl": "acl:relcl",
    "poss": "nmod:poss",
    "prt": "compound:prt",
    "neg": "advmod",
    "npadvmod": "obl:unmarked",
    "nounmod": "nmod",
    "nmod": "compound",
    "quantmod": "advmod",
    "predet": "det:predet",
    "preconj": "cc:preconj",
    "intj": "discourse",
    "meta": "dep",
    "oprd": "xcomp",
    "complm": "mark",
    "ROOT": "root",
}
# What keeps its label until the tree is turned, should nothing have been turned there.
LEFT = {
    "dative": "iobj",
    "attr": "xcomp",
    "acomp": "xcomp",
    "prep": "advmod",
    "agent": "advmod",
    "pcomp": "ccomp",
}
NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET"})


def is_clearnlp(labels: Iterable[str]) -> bool:
    """Whether a parser's labels are ClearNLP's.

    >>> is_clearnlp(["nsubj", "dobj", "prep"]), is_clearnlp(["nsubj", "obj", "case"])
    (True, False)
    """
    return bool(MARKS & set(labels))


def to_universal(sentence: Sentence) -> Sentence:
    """The sentence with its tree turned and its labels renamed, in place."""
    for token in sentence:
        token.dep = "mark" if token.dep == "aux" and token.tag == "TO" else RENAMED.get(token.dep, token.dep)
    for token in sentence:
        _turn_preposition(token)
    for token in sentence:
        _turn_copula(token)
        _flatten_coordination(token)
    for token in sentence:
        token.dep = LEFT.get(token.dep, token.dep)
    return sentence


def _turn_preposition(token: Token) -> None:
    """ "met in May": the noun hangs on the verb, the preposition on the noun; "after leaving": a clause."""
    if token.dep not in ("prep", "agent", "dative") or token.head is None:
        return
    noun = token.child("pobj", "pcomp", "prep")
    if noun is None:
        return
    head, nominal = token.head, token.head.pos in NOMINAL
    clause = noun.dep == "pcomp" and noun.pos in ("VERB", "AUX")
    if noun.dep == "prep":  # "from behind the wall": both mark the noun
        inner = noun.child("pobj")
        if inner is None:
            return
        move(noun, inner, "case")
        noun = inner
    if clause:
        noun_dep = "acl" if nominal else "advcl"
    elif nominal:
        noun_dep = "nmod"
    else:
        noun_dep = "obl:agent" if token.dep == "agent" else "obl"
    move(noun, head, noun_dep)
    for c in list(token.children):
        move(c, noun, c.dep)
    move(token, noun, "mark" if clause else "case")


def _turn_copula(token: Token) -> None:
    """ "is a port", "is ready", "is in Doha": what is said of the subject governs, "be" is its copula."""
    if token.lemma.lower() != "be" or token.dep in ("aux", "aux:pass"):
        return
    if token.child("expl") is not None:
        _keep_existential(token)
        return
    predicate = token.child("attr", "acomp") or _place_behind(token)
    if predicate is None:
        return
    predicate.dep = token.dep
    _put_in_place_of(predicate, token)
    for c in list(token.children):
        move(c, predicate, "aux" if c.dep == "aux:pass" else c.dep)
    move(token, predicate, "cop")


def _place_behind(verb: Token) -> Token | None:
    """The noun of "is in Doha", where nothing else is said of the subject."""
    if any(c.dep in ("obj", "ccomp", "xcomp", "advmod", "expl") and c.i > verb.i for c in verb.children):
        return None
    return next((c for c in verb.children if c.dep == "obl" and c.i > verb.i and c.child("case")), None)


def _keep_existential(verb: Token) -> None:
    """ "There were clashes": the noun is the subject of "be"."""
    noun = verb.child("attr")
    if noun is not None:
        noun.dep = "nsubj"


def _flatten_coordination(token: Token) -> None:
    """Every member hangs on the first one, and each conjunction on the member that it introduces."""
    if token.dep != "conj" or token.head is None:
        return
    first = conjunction_head(token)
    for before in {id(token.head): token.head, id(first): first}.values():
        for c in [c for c in before.children if c.dep == "cc" and before.i < c.i < token.i]:
            move(c, token, "cc")
    if first is not token.head:
        move(token, first, "conj")


def _put_in_place_of(token: Token, other: Token) -> None:
    if token.head is not None:
        token.head.children.remove(token)
    token.head = other.head
    if other.head is not None:
        siblings = other.head.children
        siblings[next(i for i, c in enumerate(siblings) if c is other)] = token
        siblings.sort(key=lambda t: t.i)
        other.head = None
