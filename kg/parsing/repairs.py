"""Mends what parsers often get wrong where the words leave no doubt, before anything is read off the tree.

Each repair is named for what it mends and moves or renames a word; a right tree is left as it is.
docs/adding-a-rule.md tells how often each fires on text nobody tuned on and what it gains, and what a new one
has to show.
"""

from collections.abc import Callable, Sequence

from kg.english.lexicon import frame_of, table, words
from kg.parsing.tree import Sentence, Token, move

SUBJECTS = ("nsubj", "nsubj:pass")
CLEFT = "dep:cleft"  # of the words that only turn a sentence round: "what", "is"
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


def owner_not_subject(token: Token) -> None:
    """ "General Diallo's office said": of two subjects the first, with its 's, owns the second."""
    verb = token.head
    if verb is None or token.dep not in SUBJECTS or not any(c.tag == "POS" for c in token.children):
        return
    last = token.subtree()[-1]
    owned = next((c for c in verb.all(*SUBJECTS) if c.i > last.i and c.subtree()[0].i == last.i + 1), None)
    if owned is not None:
        move(token, owned, "nmod:poss")


def description_not_another(token: Token) -> None:
    """ "took Aden, the army's last port, in May", "said the baker, Idris Kano": behind a comma a second
    object or subject says who the first is."""
    verb = token.head
    if token.dep not in ("obj", "nsubj") or verb is None or token.child("cc", "mark", "case", "advmod"):
        return
    first = next((c for c in reversed(verb.all(token.dep)) if c.i < token.i), None)
    span = token.subtree()
    if first is None or first.subtree()[-1].i != span[0].i - 1 or span[0].text != ",":
        return
    closed = verb.i < first.i or any(c.text == "," and c.i == span[-1].i + 1 for c in verb.children)
    named = {first.pos, token.pos} <= {"NOUN", "PROPN"} and first.child("case") is None
    if named and closed and token.lemma.lower() not in table("nouns"):  # "…, a threat that": of all before it
        move(token, first, "appos")


def subject_of_content(token: Token) -> None:
    """ "UK to expel two envoys, minister says": of two subjects the first is the content's."""
    verb = token.head
    content = verb.child("ccomp") if verb is not None else None
    if token.dep != "nsubj" or verb is None or content is None or content.child(*SUBJECTS) is not None:
        return
    span = content.subtree()
    if token.subtree()[-1].i != span[0].i - 1 or content.head is not verb or content.i > verb.i:
        return
    if any(c.i > span[-1].i for c in verb.all("nsubj")):
        move(token, content, "nsubj:pass" if content.child("aux:pass") is not None else "nsubj")


def content_of_verb(token: Token) -> None:
    """ "confirmed in a letter that the port was shut": what is confirmed, not which letter."""
    noun, mark = token.head, token.child("mark")
    verb = noun.head if noun is not None else None
    if token.dep != "acl" or noun is None or noun.dep != "obl" or mark is None or mark.lower != "that":
        return
    given = any(c.lower == "the" for c in noun.all("det")) and noun.lemma.lower() in table("nouns")
    frame = frame_of(verb, "ccomp") if verb is not None else None
    if given or verb is None or frame is None or frame.kind != "report":
        return  # "spoke in the belief that"
    if verb.child("ccomp", "obj") is None and noun.i < token.i:
        move(token, verb, "ccomp")


def parts_of_a_word(token: Token) -> None:
    """ "vote-buying", "a fact-finding mission": behind a hyphen a gerund is part of a noun."""
    first = _before_hyphen(token) if token.tag == "VBG" else None
    if first is None or token.dep in ("amod", "compound"):
        return
    noun = next((c for c in token.all("obj") if c.subtree()[0].i == token.i + 1), None)
    if noun is not None and token.head is not None:
        for c in [c for c in token.children if c.i < first.i]:
            move(c, noun, c.dep)
        alone = token.dep == "advcl" and token.i < token.head.i and token.head.child(*SUBJECTS) is None
        move(noun, token.head, "nsubj" if alone else token.dep)
        move(token, noun, "amod")
    elif first.head is token.head and token.dep in ("acl", "advcl"):
        move(token, first, "flat")
    token.pos, token.tag = "NOUN", "NN"


def parts_of_a_title(token: Token) -> None:
    """ "Secretary-General Guterres", "Attorney General Ali": the parts of a title are one, not two titles."""
    first = _before_hyphen(token) or _of_a_general(token)
    if first is not None and token.dep == first.dep == "nmod:desc" and first.head is token.head:
        move(token, first, "flat")


def _of_a_general(token: Token) -> Token | None:
    """The word right before "General" that makes a title with it."""
    beside = token.head.children if token.head is not None and token.lower == "general" else []
    return next((c for c in beside if c.i == token.i - 1 and c.lower in words("office")), None)


def _before_hyphen(token: Token) -> Token | None:
    """The word that a hyphen joins to this one, without a blank."""
    near = [*token.children, *(token.head.children if token.head is not None else ())]
    for word in near:
        if any(c.tag == "HYPH" and c.i == token.i - 1 for c in word.children):
            return word if word.i == token.i - 2 else None
    return None


def what_is_wanted(token: Token) -> None:
    """ "What Oslo wants is a truce", "what worries Oslo is the truce": Oslo wants it, it worries Oslo."""
    verb = _of_what(token)
    be = token.child("cop")
    if verb is None or be is None or token.pos not in ("NOUN", "PROPN", "PRON") or token.child("case"):
        return
    if any(c.lower == "no" for c in token.all("det")):
        return  # "what it holds is no secret"
    what = verb.head if verb.head is not None and verb.head.lower == "what" else verb.child("nsubj", "obj")
    if what is None or what.lower != "what" or verb.child("ccomp", "xcomp") is not None:
        return
    missing = "obj" if verb.child("nsubj", "nsubj:pass") not in (None, what) else "nsubj"
    if missing == "obj" and not (_can_be_wanted(verb, token) and verb.child("obj") in (None, what)):
        return
    if verb.head is what:
        what.dep = "nsubj"
        move(verb, token, "csubj")
    _turn_round(verb, token)
    token.dep = missing
    for word in (what, be):
        move(word, verb, CLEFT)


def _can_be_wanted(verb: Token, noun: Token) -> bool:
    """Whether a noun may be what somebody wants or has, and not only what it is called: "what he knows is a
    mystery", "what they did is a crime"."""
    definite = noun.pos == "PROPN" or noun.child("nmod:poss") is not None
    definite = definite or any(c.lower in ("the", "this", "these", "those") for c in noun.all("det"))
    return verb.child("aux:pass") is None and (definite or frame_of(verb, "xcomp") is not None)


def _of_what(noun: Token) -> Token | None:
    """The verb that "what" goes with, of a clause that says what something is."""
    subject = noun.child(*SUBJECTS)
    if subject is not None and subject.lower == "what" and subject.i < noun.i:
        return subject.child("acl:relcl")
    clauses = [*noun.all("csubj"), *noun.all("acl:relcl")]
    return next((v for v in clauses if v.i < noun.i and v.subtree()[0].lower == "what"), None)


def _turn_round(below: Token, above: Token) -> None:
    """A word takes the place of the one that it hangs on, which hangs on it."""
    head, dep = above.head, above.dep
    above.children.remove(below)
    below.head, below.dep = head, dep
    if head is not None:
        head.children[head.children.index(above)] = below
        head.children.sort(key=lambda t: t.i)
    above.head = below
    below.children = sorted([*below.children, above], key=lambda t: t.i)


def description_of_the_nearer(token: Token) -> None:
    """ "leaders of the Front, the militia that took Aden", "the governor of Ibb, a town in the hills": one
    thing describes one, not several people, and a place no person."""
    noun = token.head
    if (
        token.dep != "appos"
        or noun is None
        or noun.tag not in ("NN", "NNS")
        or noun.child("conj") is not None
    ):
        return
    single = token.tag == "NN" and token.child("det") is not None and token.child("conj") is None
    place = token.lemma.lower() in table("places") and noun.lemma.lower() not in table("places")
    nearer = next((c for c in reversed(noun.all("nmod")) if c.i < token.i), None)
    if not single or nearer is None or not (noun.tag == "NNS" or place):
        return
    one = nearer.tag == "NNP" and nearer.child("conj") is None
    if one and nearer.subtree()[-1].i + 1 == token.subtree()[0].i:
        move(token, nearer, "appos")


Repair = Callable[[Token], None]
REPAIRS: tuple[Repair, ...] = (
    charge_not_modifier,
    member_not_apposition,
    it_is_subject,
    owner_not_subject,
    description_not_another,
    subject_of_content,
    content_of_verb,
    parts_of_a_word,
    parts_of_a_title,
    what_is_wanted,
    description_of_the_nearer,
)


def repair(sentence: Sentence, repairs: Sequence[Repair] = REPAIRS) -> Sentence:
    """The sentence, its tree mended in place by one repair after the other."""
    content = [t for t in sentence if t.children or t.dep not in FUNCTION]
    for mend in repairs:
        for token in content:
            mend(token)
    return sentence
