"""Mends what parsers often get wrong where the words leave no doubt, before anything is read off the tree.

Each repair is named for what it mends and moves or renames a word; a right tree is left as it is.
docs/adding-a-rule.md tells how often each fires on text nobody tuned on and what it gains, and what a new one
has to show.
"""

from collections.abc import Callable, Sequence

from kg.english.lexicon import frame_of
from kg.parsing.tree import Sentence, Token, move

SUBJECTS = ("nsubj", "nsubj:pass")
# Where a word without dependents has these relations, there is nothing to mend.
FUNCTION = frozenset("punct det case cc cop aux aux:pass mark nummod fixed flat".split())


def charge_not_modifier(token: Token) -> None:
    """ "accused its rivals of plotting": what they are accused of describes nobody."""
    noun, of = token.head, token.child("mark", "case")
    if token.dep != "acl" or token.tag not in ("VBG", "VBN") or noun is None or of is None:
        return
    verb = noun.head
    if verb is not None and noun.dep in ("obj", "iobj") and frame_of(verb, of.lower) is not None:
        move(token, verb, "advcl")


def it_is_subject(token: Token) -> None:
    """ "claimed it was proof": without a clause that it stands for, "it" is a subject like any other."""
    head = token.head
    if head is None or token.dep != "expl" or token.lower != "it" or head.i < token.i:
        return
    if head.child("csubj", "csubj:pass", "ccomp", "xcomp", "acl:relcl", "advcl", *SUBJECTS) is None:
        token.dep = "nsubj:pass" if head.child("aux:pass") else "nsubj"


def member_not_apposition(token: Token) -> None:
    """ "met the president, a minister and two generals": what stands in a list describes nothing, nor does
    what stands behind "and"."""
    noun = token.head
    if token.dep != "appos" or noun is None:
        return
    if _first_word(token).lower in ("and", "or") or (noun.pos == "NOUN" and _stands_in_list(token, noun)):
        token.dep = "conj"


def _stands_in_list(token: Token, noun: Token) -> bool:
    """Whether a new thing follows that "and" joins to a noun, or to what stands behind its comma."""
    behind = [c for c in (*noun.all("conj"), *token.all("conj")) if c.i > token.i]
    last = any(c.child("cc") is not None and _is_new(c) for c in behind)
    return last and _is_new(token) and (behind[0].head is noun or _is_new(noun))


def _is_new(noun: Token) -> bool:
    """Whether a noun names something that was not mentioned before: "a minister", "two generals"."""
    determiner = noun.child("det")
    return noun.child("nummod") is not None or (determiner is not None and determiner.lower in ("a", "an"))


def _first_word(token: Token) -> Token:
    return next((t for t in token.subtree() if t.dep != "punct"), token)


Repair = Callable[[Token], None]
REPAIRS: tuple[Repair, ...] = (charge_not_modifier, member_not_apposition, it_is_subject)


def repair(sentence: Sentence, repairs: Sequence[Repair] = REPAIRS) -> Sentence:
    """The sentence, its tree mended in place by one repair after the other."""
    words = [t for t in sentence if t.children or t.dep not in FUNCTION]
    for mend in repairs:
        for token in words:
            mend(token)
    return sentence
