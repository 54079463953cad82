"""Mends what parsers often get wrong where the words leave no doubt, before anything is read off the tree.

Each repair is named for what it mends and moves or renames a word; a right tree is left as it is. Later ones
count on earlier ones, so their order is part of them. docs/adding-a-rule.md tells how often each fires on
text nobody tuned on and what it gains, and what a new one has to show.
"""

from collections.abc import Callable, Sequence

from kg.english.lexicon import frame_of, reports
from kg.parsing.tree import Sentence, Token, move, promote

SUBJECTS = ("nsubj", "nsubj:pass")
NAMING = ("NNP", "NNPS", "NNS")
PERSONS = frozenset({"i", "we", "you", "he", "she", "they", "who"})
# Where a word without dependents has these relations, there is nothing to mend.
FUNCTION = frozenset("punct det case cc cop aux aux:pass mark nummod fixed flat".split())


# ── what is said, asked or described ──


def relative_not_content(token: Token) -> None:
    """ "complained over raids in which it said two had died", "sold land that it held": a clause that begins
    with "in which", or has "that" as its object, describes the noun before it."""
    verb = token.head
    which = next((c for c in token.children if c.i < token.i and _is_relative(c)), None)
    if token.dep in ("ccomp", "advcl") and verb is not None and which is not None:
        noun = _last_noun(verb, which)
        if noun is not None and verb.i < noun.i:
            move(token, noun, "acl:relcl")


def _last_noun(verb: Token, word: Token) -> Token | None:
    """The last noun among a verb's dependents that stands before a word."""
    return next((c for c in reversed(verb.all("obj", "obl", "nmod")) if c.i < word.i), None)


def _is_relative(word: Token) -> bool:
    in_which = word.lower == "which" and word.child("case") is not None
    return in_which or (word.lower == "that" and word.tag == "WDT" and word.dep == "obj")


def object_of_infinitive(token: Token) -> None:
    """ "agreed to hand over to Chile two ships": an object behind an infinitive is the infinitive's."""
    verb = token.head
    infinitive = verb.child("xcomp") if verb is not None else None
    if token.dep != "obj" or infinitive is None or infinitive.tag != "VB" or infinitive.i > token.i:
        return
    if not infinitive.child("obj", "ccomp", "xcomp") and token.i > infinitive.subtree()[-1].i:
        move(token, infinitive, "obj")


def content_not_coordinated(token: Token) -> None:
    """ "said that the talks had ended and that aid would follow": both are what was said."""
    verb, mark = token.head, token.child("mark")
    if token.dep != "conj" or verb is None or mark is None or mark.lower != "that":
        return
    content = verb.child("ccomp")
    if content is not None and content.i < token.i:
        move(token, content, "conj")


def subject_before_speaker(token: Token) -> None:
    """ "The tariffs, he said, amount to a ban": the first of two subjects is that of what is said."""
    content, first = token.child("ccomp"), token.child("dep", "nsubj")
    speaker = next(reversed(token.all("nsubj")), None)
    if content is None or first is None or speaker is None or not reports(token):
        return
    in_order = first.i < speaker.i < token.i < content.i
    if in_order and content.child(*SUBJECTS, "csubj") is None:
        move(first, content, _subject_label(content))
        if content.pos == "NOUN" and not content.child("det", "cop", "amod"):
            _make_verb(content)


def _make_verb(noun: Token) -> None:
    noun.pos, noun.tag = "VERB", "VBP"
    for c in noun.all("nmod"):
        c.dep = "obl"


def _subject_label(verb: Token) -> str:
    return "nsubj:pass" if verb.child("aux:pass") else "nsubj"


def asked_not_purpose(token: Token) -> None:
    """ "allows leaders to claim", "called on Rome to act": what somebody is asked or let to do."""
    verb, mark = token.head, token.child("mark")
    if token.dep != "advcl" or verb is None or mark is None or mark.lower != "to":
        return
    if verb.child("xcomp", "ccomp") is None and (_is_own_wish(verb) or _asks(verb, token)):
        token.dep = "xcomp"


def _is_own_wish(verb: Token) -> bool:
    frame = frame_of(verb, "xcomp")
    wanted = frame is not None and frame.kind == "want" and frame.control == "subject"
    return wanted and verb.child("obj") is None


def _asks(verb: Token, infinitive: Token) -> bool:
    """Whether a verb has somebody whom it asks to do what the infinitive says."""
    frame = frame_of(verb, "xcomp")
    asked = verb.child("obj", "iobj", "obl") is not None and infinitive.child("nsubj") is None
    return asked and frame is not None and frame.kind == "request"


def charge_not_modifier(token: Token) -> None:
    """ "accused its rivals of plotting": what they are accused of describes nobody."""
    noun, of = token.head, token.child("mark", "case")
    if token.dep != "acl" or token.tag not in ("VBG", "VBN") or noun is None or of is None:
        return
    verb = noun.head
    if verb is not None and noun.dep in ("obj", "iobj") and frame_of(verb, of.lower) is not None:
        move(token, verb, "advcl")


def infinitive_not_predicate(token: Token) -> None:
    """ "Oman is to meet them", "is due to meet": a form of "be" before somebody's infinitive is an auxiliary,
    no copula, as it is in "their aim is to meet"."""
    be = token.child("cop")
    mark = next((c for c in token.all("mark") if c.lower in ("to", "due")), None)
    if token.tag != "VB" or be is None or mark is None:
        return
    to = mark.child("fixed")
    if to is not None:
        _put_above(mark, to, token)
    elif _is_somebody(token.child(*SUBJECTS, "nsubj:outer")):
        be.dep = "aux"


def _put_above(due: Token, to: Token, verb: Token) -> None:
    """Makes "due" govern the infinitive that it was taken to mark."""
    promote(due)
    due.pos, due.tag, verb.dep = "ADJ", "JJ", "xcomp"
    for c in [c for c in verb.children if c.i < due.i]:
        move(c, due, c.dep)
    move(to, verb, "mark")


def _is_somebody(subject: Token | None) -> bool:
    """Whether a subject can do something, as far as its form tells: a name, several people, he or she."""
    return subject is not None and (bool(subject.ent) or subject.tag in NAMING or subject.lower in PERSONS)


def it_is_subject(token: Token) -> None:
    """ "claimed it was proof": without a clause that it stands for, "it" is a subject like any other."""
    head = token.head
    if head is None or token.dep != "expl" or token.lower != "it" or head.i < token.i:
        return
    if head.child("csubj", "csubj:pass", "ccomp", "xcomp", "acl:relcl", "advcl", *SUBJECTS) is None:
        token.dep = _subject_label(head)


# ── lists ──


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


def conjunction_before_member(token: Token) -> None:
    """ "two males and a dozen or so females": "and" belongs to the member, not to a word inside it."""
    if token.dep != "conj":
        return
    first = _first_word(token)
    if first.dep == "cc" and first.head is not token:
        move(first, token, "cc")


def _first_word(token: Token) -> Token:
    return next((t for t in token.subtree() if t.dep != "punct"), token)


# ── all together ──

Repair = Callable[[Token], None]
REPAIRS: tuple[Repair, ...] = (
    relative_not_content,
    object_of_infinitive,
    content_not_coordinated,
    subject_before_speaker,
    asked_not_purpose,
    charge_not_modifier,
    infinitive_not_predicate,
    member_not_apposition,
    conjunction_before_member,
    it_is_subject,  # last: what an "it" stands for is known then
)


def repair(sentence: Sentence, repairs: Sequence[Repair] = REPAIRS) -> Sentence:
    """The sentence, its tree mended in place by one repair after the other."""
    words = [t for t in sentence if t.children or t.dep not in FUNCTION]
    for mend in repairs:
        for token in words:
            mend(token)
    return sentence
