"""Clauses: a predicate with its subject, objects and further arguments, read off the dependency tree.

Syntax only: who speaks, and whether it is so, is for `attribution` and `factuality`. The constructions
follow ClausIE's clause types (Del Corro & Gemulla 2013), restated for Universal Dependencies.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from kg.english.lexicon import MERGING, Frame, frame_of, table, words
from kg.english.time_words import TIME_WORDS
from kg.parsing.tree import Sentence, Token, case_words, conjunction_head, is_infinitive, preposition_of

SUBJECTS = ("nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass", "csubj:outer")
OBLIQUES = ("obl", "obl:agent", "obl:tmod", "obl:npmod", "obl:unmarked", "obl:arg")
CLAUSAL = (
    *("root", "ccomp", "xcomp", "advcl", "advcl:relcl", "acl", "acl:relcl", "parataxis"),
    *("csubj", "csubj:pass", "csubj:outer", "dep", "list", "discourse", "reparandum", "appos"),
)
AGENT_PREPOSITION = "by"
YEAR = re.compile(r"(1[5-9]|20)\d\d(s)?$")
DAY = re.compile(r"[0-3]?\d(st|nd|rd|th)?$")
BOUNDS = frozenset({"end", "start", "beginning", "middle", "close", "eve"})  # of a time: "the end of May"


@dataclass(slots=True)
class Arg:
    """A further argument: its head and the words that mark it ("on", "because of")."""

    head: Token
    case: list[Token] = field(default_factory=list)

    @property
    def preposition(self) -> str:
        """The marking words joined, in small letters."""
        return " ".join(t.lower for t in self.case)


@dataclass(slots=True)
class Clause:
    """A predicate and what belongs to it. `chain` are merged predicates: "began", "to", "negotiate"."""

    head: Token
    kind: str = "verbal"  # copular, existential, nominal, apposition, title, possession, modifier
    chain: list[Token] = field(default_factory=list)
    subject: Token | None = None
    object: Token | None = None
    indirect: Token | None = None
    complement: Token | None = None  # head of a clause that fills the object's place
    args: list[Arg] = field(default_factory=list)
    agent: Token | None = None
    passive: bool = False
    shared_subject: bool = False  # found in another clause: control, coordination, participle
    frames: list[Frame] = field(default_factory=list)  # what merged predicates say of it: seem, likely
    reporter: "Clause | None" = None  # the parenthesis that tells who says it: "…, he said"
    reports: "Clause | None" = None  # the clause that this one, a parenthesis, is about

    @property
    def predicates(self) -> list[Token]:
        """The merged governors and the head, in the order of the text."""
        return [*self.chain, self.head]

    @property
    def doer(self) -> Token | None:
        """Whose doing it is: the agent of a passive that names one, else the subject."""
        return self.agent if self.passive and self.agent is not None else self.subject


def find_clauses(sentence: Sentence) -> list[Clause]:
    """All verbal and copular clauses of a sentence, in the order of their predicates."""
    found: dict[Token, Clause] = {}
    merged: set[Token] = set(_idioms(sentence))
    for token in _top_down(sentence):
        if token in merged or not is_predicate(token):
            continue
        clause = _clause(token, found)
        found[token] = clause
        merged.update(p for p in clause.predicates if p is not token)
        found.update((p, clause) for p in clause.predicates)
    for clause in {id(c): c for c in found.values()}.values():
        _join_parenthesis(clause, found)
        _described(clause, found)
    return sorted({id(c): c for c in found.values()}.values(), key=lambda c: c.head.i)


def _idioms(sentence: Sentence) -> Iterator[Token]:
    """The words of phrases with a verb that tell nothing of anybody: "as it is", "to be sure"."""
    tokens = sentence.tokens
    for first in tokens:
        for phrase in _idioms_by_first().get(first.lower, ()):
            end = first.i + len(phrase)
            alone = end >= len(tokens) or tokens[end].dep == "punct"
            if alone and tuple(t.lower for t in tokens[first.i : end]) == phrase:
                yield from tokens[first.i : end]


@cache
def _idioms_by_first() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words("idiom"):
        found.setdefault(phrase.split()[0], []).append(tuple(phrase.split()))
    return found


def _join_parenthesis(clause: Clause, found: dict[Token, Clause]) -> None:
    """ "The dam burst, he said", "as he said": the clause around it is what is said."""
    top = clause.predicates[0]
    if not _is_aside(top) or not _lacks_what_it_reports(clause) or _compares(clause):
        return
    host = next((found[t] for t in (*_before_parenthesis(top), *top.ancestors()) if t in found), None)
    if host is None or host is clause or host.reporter is not None or _is_told_before(host, top):
        return
    host.reporter, clause.reports, clause.complement = clause, host, host.predicates[0]
    clause.object = None


def _is_aside(top: Token) -> bool:
    """Whether a clause may tell who says the one around it: "…, he said", "…, residents maintain", "as …".

    Behind a semicolon something else begins.
    """
    mark, first = top.child("mark"), top.subtree()[0]
    if first.text == ";":
        return False
    beside = top.dep == "conj" and top.child("cc") is None and first.text == ","
    return (
        top.dep == "parataxis" or beside or (top.dep == "advcl" and mark is not None and mark.lower == "as")
    )


def _before_parenthesis(top: Token) -> list[Token]:
    """What begins anew behind a semicolon before a parenthesis: "the ferry is late; it sank, he said"."""
    beside = top.head.all("parataxis", "conj") if top.head is not None else []
    return [t for t in reversed(beside) if t.i < top.i and t.subtree()[0].text == ";"]


def _is_told_before(host: Clause, top: Token) -> bool:
    """Whether a verb that stands between the two has the host as its content: "'…,' said she, Fiji added"."""
    said, verb = host.predicates[0], host.predicates[0].head
    return said.dep == "ccomp" and verb is not None and said.i < verb.i < top.i


def _compares(clause: Clause) -> bool:
    """ "was handled gently, as the owner had demanded": the writer says what was done."""
    frame = frame_of(clause.head, "ccomp")
    return clause.predicates[0].dep == "advcl" and frame is not None and frame.modality != ""


def _lacks_what_it_reports(clause: Clause) -> bool:
    """Whether a clause has somebody who says something, and not yet what: "he said", "as they made clear"."""
    if clause.subject is None or clause.shared_subject or clause.passive or clause.complement is not None:
        return False
    frame = frame_of(clause.head, "ccomp")
    if frame is None:
        return clause.object is None and _is_set_in(clause.predicates[0])
    return frame.kind == "report" and _is_untold(clause)


def _is_untold(clause: Clause) -> bool:
    """Whether a verb of saying has neither a thing nor a topic: not the adjective of "made clear"."""
    empty = clause.object is None or clause.object.pos == "ADJ"
    return empty and not _is_phase(clause.head) and not _has_topic(clause)


def _is_set_in(top: Token) -> bool:
    """ "The ferry, a pilot sniffed, was full", "…, thundered the mayor": words that tell who says the others,
    whatever the verb, by where they stand."""
    subject = top.child(*SUBJECTS)
    if subject is None or top.dep == "advcl":
        return False
    words = [t for t in top.subtree() if t.dep != "punct"]
    return _stands_within(words, top.head) or (words[0] is top and subject.i > top.i)


def _stands_within(words: list[Token], host: Token | None) -> bool:
    """Whether words stand between a clause's subject and its verb."""
    if host is None or host.i < words[-1].i:
        return False
    return any(c.i < words[0].i for c in host.all(*SUBJECTS))


def _has_topic(clause: Clause) -> bool:
    """ "as we plan for the winter": the verb has its content already."""
    return any(a.preposition in ("for", "about", "of") and not is_time_word(a.head) for a in clause.args)


def _is_phase(verb: Token) -> bool:
    """ "the siege began in May" is no speech."""
    frame = frame_of(verb, "xcomp")
    return frame is not None and frame.kind == "aspect"


def _described(clause: Clause, found: dict[Token, Clause]) -> None:
    """ "Smith is a midfielder who plays for Leeds": what is said of the midfielder is said of Smith."""
    noun = clause.subject
    host = found.get(noun) if noun is not None else None
    modifies = clause.predicates[0].dep in ("acl", "acl:relcl") and clause.predicates[0].head is noun
    if modifies and host is not None and host.kind == "copular" and host.subject is not None:
        clause.subject, clause.shared_subject = host.subject, True


def _top_down(sentence: Sentence) -> Iterator[Token]:
    """Heads before their dependents, so that a clause finds the subject of the one above it."""
    queue = [t for t in sentence if t.head is None]
    for token in queue:
        yield token
        queue.extend(token.children)


def is_predicate(token: Token) -> bool:
    """Whether a word heads a clause."""
    if token.child("cop") is not None:
        return True
    if token.dep == "conj":
        return _is_coordinated_predicate(token)
    if token.dep not in CLAUSAL or _is_fragment(token):
        return False
    verbal = token.pos == "VERB" or (token.pos == "AUX" and token.dep not in ("xcomp", "appos"))
    if token.dep == "appos":
        return verbal and token.child(*SUBJECTS) is not None
    # A headline or a verbless clause with a subject of its own: "Talks still under way".
    return verbal or token.child("nsubj", "nsubj:pass") is not None


def _is_coordinated_predicate(token: Token) -> bool:
    """A verb beside a predicate, or one with a subject of its own."""
    first = conjunction_head(token)  # itself, where a parser calls the root coordinated
    led = first is token or is_predicate(first)
    return token.pos in ("VERB", "AUX") and (led or token.child(*SUBJECTS) is not None)


def _is_fragment(token: Token) -> bool:
    """ "Mounting costs": a heading that begins with a participle says nothing of anybody."""
    participle = token.head is None and token.tag == "VBG"
    return participle and token.child(*SUBJECTS, "expl", "aux", "cop") is None


def conjuncts(token: Token) -> list[Token]:
    """A word and the words coordinated with it that are of its kind (noun with noun)."""
    members = [token]
    for member in members:
        members.extend(
            c
            for c in member.children
            if c.dep == "conj" and not (is_predicate(c) and _is_nominal(token)) and _is_alike(c, member)
        )
    return members


def _is_alike(other: Token, word: Token) -> bool:
    """ "The party, backed by clergy and | by unions": what has a preposition goes on with another phrase that
    has one."""
    return other.child("case") is None or word.child("case") is not None or word.dep == "conj"


def _is_nominal(token: Token) -> bool:
    return token.pos in ("NOUN", "PROPN", "PRON", "NUM", "DET", "SYM", "X")


def _clause(token: Token, found: dict[Token, Clause]) -> Clause:
    head, chain, frames = _merge(token)
    clause = Clause(head=head, chain=chain, frames=frames)
    clause.kind = _kind(head)
    clause.passive = any(c.dep == "aux:pass" for c in head.children) or _is_bare_passive(head)
    for predicate in clause.predicates:
        _take_arguments(clause, predicate)
    if clause.kind == "copular":
        clause.object = head
    _lift_extraposed(clause)
    if clause.subject is None:
        clause.subject = _shared_subject(token, found, clause)
        clause.shared_subject = clause.subject is not None
    _relative_object(clause, token)
    _shared_object(clause, token, found)
    return clause


def _lift_extraposed(clause: Clause) -> None:
    """ "It was asserted by the Crown that …": the clause is what is said, not who says it."""
    subject = clause.subject
    if subject is not None and subject.dep.startswith("csubj") and clause.head.child("expl") is not None:
        clause.subject, clause.complement = None, clause.complement or subject


def _kind(head: Token) -> str:
    if any(c.dep == "expl" and c.lower == "there" for c in head.children):
        return "existential"
    verbal = head.pos in ("VERB", "AUX") or head.child("obj") is not None  # whatever its tag says
    return "verbal" if verbal and (head.child("cop") is None or _is_to_come(head)) else "copular"


def _is_to_come(head: Token) -> bool:
    """ "The duties are to go": a verb with a future of its own, unlike "the aim is to go"."""
    if head.pos != "VERB" or not is_infinitive(head):
        return False
    outer = head.child("nsubj:outer")
    return head.child("nsubj", "nsubj:pass") is not None or (outer is not None and _can_be_due(outer))


def _can_be_due(noun: Token) -> bool:
    """Whether a noun is somebody or several things, which are to do something, not a plan or a task."""
    several = noun.tag in ("NNS", "NNPS", "NNP")
    return several and noun.lemma.lower() not in table("nouns")


def _is_bare_passive(head: Token) -> bool:
    """ "the tanker seized in May": a past participle that modifies a noun, or stands without auxiliary."""
    if head.tag == "VBD" and head.child("nsubj:pass") is not None:
        return True  # "two died and the others injured", whatever its tag says
    participle = head.tag == "VBN" or (head.tag == "VBD" and head.dep == "acl")  # "the truce signed in May"
    if not participle or any(c.dep == "aux" for c in head.children):
        return False
    if head.child("nsubj") is not None:
        return is_absolute(head)  # "won by a wide margin" is none, "with no date set" is one
    return head.dep in ("acl", "advcl") or head.child("nsubj:pass", "obl:agent") is not None


def _merge(token: Token) -> tuple[Token, list[Token], list[Frame]]:
    """Follows predicates that only colour the next one: "began to bite", "is likely to call"."""
    chain: list[Token] = []
    frames: list[Frame] = []
    head = token
    while (below := head.child("xcomp")) is not None:
        if not _governs(below):
            frame = _merging_frame(head, below)
            if frame is None:
                break
            frames.append(frame)
        chain.append(head)
        head = below
    return head, chain, frames


def _governs(adjective: Token) -> bool:
    """ "became unable to": the adjective governs what follows."""
    bare = adjective.pos == "ADJ" and adjective.child("cop") is None
    return bare and adjective.child("xcomp") is not None


def _merging_frame(governor: Token, below: Token) -> Frame | None:
    """What a governor says of the predicate below it, if both are read as one."""
    if not (below.pos in ("VERB", "AUX") or below.child("cop")) or governor.child("obj", "iobj") is not None:
        return None
    if any(c.lower == "for" for c in below.all("mark")):
        return None  # "asked for the deal to be frozen"
    frame = frame_of(governor, "xcomp")
    return frame if frame is not None and frame.kind in MERGING else None


def _take_arguments(clause: Clause, predicate: Token) -> None:
    """Sorts a predicate's dependents into the places of the clause."""
    for c in predicate.children:
        if c.dep in SUBJECTS:
            _take_subject(clause, c)
        elif c.dep == "obj" and not is_complementizer(c):
            _take_object(clause, c)
        elif c.dep == "iobj":
            clause.indirect = c
        elif c.dep in OBLIQUES and distance_to(c) is not predicate:
            _take_oblique(clause, c)
        elif c.dep == "ccomp":
            clause.complement = clause.complement or c
        elif c.dep == "xcomp" and c not in clause.predicates:
            if is_purpose(c):
                clause.args.append(Arg(c))
            else:
                _take_xcomp(clause, c)
        elif c.dep == "advcl" and clause.object is None:
            clause.object = _before_gerund(c)


def _before_gerund(gerund: Token) -> Token | None:
    """ "accused | the bank of laundering cash": who is accused, where the tree has him below the gerund."""
    mark = gerund.child("mark")
    if mark is None or not gerund_preposition(gerund) or gerund.head is None:
        return None
    return next((c for c in gerund.all("obj") if gerund.head.i < c.i < mark.i), None)


def _take_subject(clause: Clause, c: Token) -> None:
    if clause.subject is None or c.dep.endswith("outer"):
        clause.subject = c


def _take_object(clause: Clause, c: Token) -> None:
    """A second object behind a preposition is none: "sank the dredger off Assab"."""
    if clause.object is not None and (case := case_words(c)):
        clause.args.append(Arg(c, case))
    else:
        clause.object = c


def _take_oblique(clause: Clause, c: Token) -> None:
    arg = Arg(c, case_words(c))
    clause.args.append(arg)
    if not clause.passive or arg.preposition != AGENT_PREPOSITION or not _can_act(c):
        return
    if clause.agent is None or (c.dep == "obl:agent" and clause.agent.dep != "obl:agent"):
        clause.agent = c


def _can_act(noun: Token) -> bool:
    """Whether a noun behind "by" may be who did it; "by sea" says how, "by Friday" when; "emptied by years of
    war" says what did."""
    manner = noun.lower in words("manner") and noun.child("det", "nmod:poss", "amod") is None
    filled = any(preposition_of(c) == "of" and not is_time(c) for c in noun.all("nmod"))
    dated = (is_time(noun) and not filled) or noun.lower in ("time", "end", "deadline")
    time = noun.ent != "PERSON" and dated
    return noun.pos in ("PROPN", "NOUN", "PRON") and not manner and not time


def _take_xcomp(clause: Clause, c: Token) -> None:
    """A clause fills the object's place; a noun or adjective is a predicative: "remained defiant"."""
    if c.pos in ("VERB", "AUX") or c.child("mark", "cop"):
        clause.complement = clause.complement or c
    elif clause.object is None:
        clause.object = c
    else:
        clause.args.append(Arg(c, case_words(c)))


def _shared_subject(token: Token, found: dict[Token, Clause], clause: Clause) -> Token | None:
    """The subject that a clause has from another one, or None."""
    head = token.head
    if head is None or token.child("expl", "csubj", "csubj:pass") is not None:
        return None  # "it is said that …": nobody's
    if token.dep == "conj":
        return _subject_of_first(clause, found.get(head))
    if token.dep == "acl":  # "Iran's plan to attack": Iran attacks; "the tanker seized": the tanker
        if token.child("mark") is not None:
            return holder(head, found.get(head.head) if head.head else None)
        return _of_whom_told(token, head) or _some_of(token, head) or head
    above = found.get(head) or (found.get(head.head) if head.dep == "xcomp" and head.head else None)
    return _subject_from_above(token, above)


def _of_whom_told(participle: Token, noun: Token) -> Token | None:
    """ "reports of herders being beaten": of whom a noun with a content tells it."""
    helped = any(c.tag == "VBG" for c in participle.all("aux", "aux:pass"))
    if not helped or noun.lemma.lower() not in table("nouns"):
        return None
    return next((c for c in noun.all("nmod") if preposition_of(c) == "of" and c.i < participle.i), None)


def is_part(noun: Token) -> bool:
    """The "majority" of "8,000 people, the majority of them Shia": some of what is named, not what it is."""
    return any(preposition_of(c) == "of" and c.pos == "PRON" for c in noun.all("nmod"))


def _some_of(participle: Token, noun: Token) -> Token | None:
    """ "40 offices, several of them belonging to miners": of which of what is named it is said."""
    return next((c for c in noun.all("appos") if is_part(c) and c.i < participle.i), None)


def _subject_of_first(clause: Clause, first: Clause | None) -> Token | None:
    """The first member's subject; a participle beside a passive one is passive, too."""
    if first is None:
        return None
    if first.passive and not clause.passive and clause.head.tag == "VBN" and not clause.head.child("aux"):
        clause.passive = first.head.tag == "VBN" and first.subject is not None
    return first.subject


def _subject_from_above(token: Token, above: Clause | None) -> Token | None:
    """Whose doing a complement or an adverbial clause without a subject is."""
    if above is None:
        return None  # "remained committed to working": of whom the adjective is said
    whose = charged(above) or _for_whom(token, above)
    if whose is not None and token.child("mark") is not None:
        return whose
    if token.dep == "xcomp":
        return _controller(above)
    return _adverbial_subject(token, above) if _is_bare_adverbial(token) else None


def _is_bare_adverbial(token: Token) -> bool:
    """A participle or infinitive beside a clause: "Having lost the port, rebels withdrew"."""
    aux = token.child("aux")
    bare = aux is None or aux.tag == "VBG"
    return bare and token.dep in ("advcl", "parataxis") and token.tag in ("VBG", "VBN", "VB")


def _adverbial_subject(token: Token, above: Clause) -> Token | None:
    """Whose doing a participle or purpose clause is: the subject's, or the one accused or stopped."""
    frame = frame_of(above.head, gerund_preposition(token)) if _is_gerund(token) else None
    if frame is None:
        return None if _is_by_means(token, above) else above.doer
    if frame.control == "object" and (above.object is not None or frame.kind == "request"):
        return above.object or above.indirect
    return None if frame.control == "none" or _is_by_means(token, above) else above.subject


def _is_by_means(token: Token, above: Clause) -> bool:
    """ "was cleared by cutting trees": nobody says who did."""
    return above.passive and above.agent is None and gerund_preposition(token) == "by"


def _is_gerund(token: Token) -> bool:
    """ "shelling", "having shelled", "being shelled"; whatever the tag of a verb is."""
    first = token.child("aux", "aux:pass", "cop")
    bare = token.tag == "VBG" or (token.pos == "VERB" and token.tag == "NN" and token.lower.endswith("ing"))
    return bare or (first is not None and first.tag == "VBG")


def gerund_preposition(token: Token) -> str:
    """The preposition before a gerund: "accused of shelling"; empty where there is none."""
    if not _is_gerund(token):
        return ""
    return next((c.lower for c in token.children if c.dep in ("mark", "case") and c.i < token.i), "")


def _shared_object(clause: Clause, token: Token, found: dict[Token, Clause]) -> None:
    """ "condemned and punished the firm": the first verb holds what belongs to both."""
    if token.dep != "conj" or token.head is None or clause.kind != "verbal" or clause.args:
        return
    above = found.get(token.head)
    shared = above.object if above is not None else None
    if shared is not None and shared.i > clause.head.i and not (clause.object or clause.complement):
        clause.object = shared


def possessor(noun: Token) -> Token | None:
    """Whose a thing is: "Iran's plan", "the plan of Iran"."""
    behind = (c for c in noun.children if c.dep == "nmod" and preposition_of(c) in ("of", "by"))
    return noun.child("nmod:poss") or next(behind, None)


def _named_before(noun: Token) -> Token | None:
    before = [c for c in noun.children if c.i < noun.i]
    return next(
        (c for c in before if (c.dep, c.ent) in (("amod", "NORP"), ("compound", "ORG"))),
        None,
    )


def holder(noun: Token, above: Clause | None) -> Token | None:
    """Whose claim, plan or promise a noun names: its possessor, a people or organisation before it ("the
    Iraqi plan", "a NATO pledge"), who makes it ("made a vow to leave"), or who gets what is not the giver's
    to do ("gave Athens a chance to pay")."""
    owner = possessor(noun) or _named_before(noun)
    if owner is not None and is_time_word(owner) and owner.ent != "PERSON":
        owner = None  # "Monday's report that"
    if owner is not None or above is None:
        return owner
    if noun is not above.object or above.passive or above.head.lemma.lower() not in table("light"):
        return None
    frame = table("nouns").get(noun.lemma.lower())
    kept = above.indirect is None or frame is None or frame.modality == "intended"
    return above.subject if kept else above.indirect


def charged(above: Clause) -> Token | None:
    """ "It is up to Athens to pay": who is to do it."""
    head = above.head
    if above.kind != "copular":
        return None
    if head.lower == "up":
        return next((c for c in head.children if preposition_of(c) == "to"), None)
    up = any(c.lower == "up" and c.i < head.i for c in head.children)
    return head if up and head.child("case") is not None else None


def _for_whom(infinitive: Token, above: Clause) -> Token | None:
    """ "prayed for the war to end": who stands behind "for", right before an infinitive."""
    if not is_infinitive(infinitive):
        return None
    first = infinitive.subtree()[0].i
    whom = next((a.head for a in above.args if a.preposition == "for" and a.head.i < first), None)
    near = whom is not None and whom.subtree()[-1].i == first - 1
    if not near or whom is None or is_time_word(whom):
        return None
    goal = whom.ent == "LOC" and frame_of(above.head, "xcomp") is None
    return None if goal else whom  # "left for Haiti to guard the port"


def is_time_word(noun: Token) -> bool:
    """Whether a noun is "week", "Friday", "May" or another word for a time."""
    return noun.lemma.lower() in TIME_WORDS


def is_time(noun: Token) -> bool:
    """Whether a noun names a time: a weekday, a month, a year, "week", the 14 of "September 14", the "end" of
    "the end of the year"."""
    if is_time_word(noun) or _is_written_time(noun) or YEAR.match(noun.text):
        return True
    if noun.lower in BOUNDS:
        return any(is_time(c) for c in noun.all("nmod") if preposition_of(c) == "of")
    return DAY.match(noun.text) is not None and any(_is_written_time(c) for c in noun.children)


def _is_written_time(token: Token) -> bool:
    return token.lower.rstrip(".") in TIME_WORDS


def _controller(above: Clause) -> Token | None:
    """Whose doing an infinitive is: the object's ("asked Xi to call"), else the subject's."""
    frame = frame_of(above.head, "xcomp")
    if above.passive or (frame is not None and frame.control == "subject"):
        return above.subject
    if above.indirect is not None:
        return above.indirect
    if above.object is not None and above.kind == "verbal":
        return above.object
    asked = frame is not None and frame.control == "object"
    return (_addressee(above) if asked else None) or above.subject


def _addressee(above: Clause) -> Token | None:
    """ "called on Athens to pay": who is asked."""
    return next((a.head for a in above.args if a.preposition in ("on", "to", "for", "with")), None)


def is_relative_content(top: Token) -> bool:
    """ "which critics say hurts": content that begins with the pronoun of the relative clause around it."""
    governor = top.head
    first = min(top.children, key=lambda t: t.i, default=top)
    return (
        governor is not None
        and governor.dep == "acl:relcl"
        and first.tag in ("WDT", "WP")
        and first.i < governor.i
    )


def is_set_against(top: Token) -> bool:
    """ "Haiti says it paid, while the bank denies that it did": the clause of another who says something."""
    mark, subject, content = top.child("mark"), top.child("nsubj"), top.child("ccomp")
    beside = top.dep == "advcl" and mark is not None and mark.lower in ("while", "whereas")
    if not beside or subject is None or content is None:
        return False
    frame = frame_of(top, "ccomp")
    return frame is not None and frame.kind == "report"


def is_absolute(top: Token) -> bool:
    """ "with Chad acting as host", "with no date set": a participle with a subject of its own."""
    mark, finite = top.child("mark"), (top.child("aux", "aux:pass", "cop") or top).tag
    led = top.dep == "advcl" and mark is not None and mark.lower == "with"
    return led and finite in ("VBG", "VBN") and top.child("nsubj", "nsubj:pass") is not None


def seen_or_wanted(clause: Clause) -> Token | None:
    """Who stands before what he does in "wants the list to be closed", "filmed men burning tyres": seen or
    wanted is the deed, and nobody is told to do it."""
    below = clause.complement
    if below is None or below.dep != "xcomp" or below.head is None or (clause.object and clause.indirect):
        return None
    frame, whose = frame_of(below.head, "xcomp"), clause.object or clause.indirect
    deed = below.tag == "VBG"
    if frame is not None:
        deed = frame.kind in ("want", "factive") and frame.control == "object"
    return whose if deed and whose is not None and whose.i < below.i else None


def distance_to(time: Token) -> Token | None:
    """The clause that a length of time is counted from: "three days after taking office", "hours before the
    ferry sank". The tree has the time in that clause or in the one around it."""
    verb = time.head
    if verb is None or time.dep not in OBLIQUES or not is_time(time) or case_words(time):
        return None
    if time.pos == "PROPN" or any(c.lower in ("this", "that", "last", "next") for c in time.children):
        return None  # "this year, after the coup"
    last = time.subtree()[-1].i
    for clause in (verb, *verb.all("advcl")):
        marks = clause.all("mark", "case") if clause.dep == "advcl" else []
        if any(m.lower in ("after", "before") and m.i == last + 1 for m in marks):
            return clause
    return None


def distances(clause: Clause) -> list[Token]:
    """The times in clauses beside this one that tell how long after or before them it took place."""
    beside = (c for p in clause.predicates for c in p.all("advcl"))
    return [time for c in beside for time in c.children if distance_to(time) is c]


def is_purpose(infinitive: Token) -> bool:
    """ "set up a panel to watch the truce": what a thing is for, beside a verb that is not known to tell
    anybody to do it."""
    verb = infinitive.head
    if infinitive.dep != "xcomp" or verb is None or not is_infinitive(infinitive):
        return False
    return verb.child("obj") is not None and frame_of(verb, "xcomp") is None


def limits(clause: Clause) -> list[Arg]:
    """The clauses without which this one would say more than it does: "until the rains come", "unless they
    pay", "as long as they wait"."""
    found = []
    for c in (c for p in clause.predicates for c in p.children):
        mark = c.child("mark")
        if c.dep == "advcl" and mark is not None and mark.lower in (*words("limit"), *words("condition")):
            found.append(Arg(c, [mark]))
        if c.dep == "advmod" and c.lower in ("long", "soon") and c.child("advcl") is not None:
            found.append(Arg(c))
    return found


def is_complementizer(that: Token) -> bool:
    """ "the claim that he fled", "it is a myth that he fled", where the tree has "that" as an object.

    That it only introduces a content is told by its tag, another object, or "it" before the noun.
    """
    verb = that.head
    if verb is None or that.lower != "that" or verb.dep not in ("acl", "acl:relcl") or verb.head is None:
        return False
    noun = verb.head
    called = frame_of(noun, "ccomp") is not None
    it = called and any(c.lower == "it" for c in noun.all("nsubj", "expl"))
    tells = called or noun.lemma.lower() in table("nouns")
    return that.dep in ("obj", "mark") and tells and (it or that.tag == "IN" or len(verb.all("obj")) > 1)


def _relative_object(clause: Clause, token: Token) -> None:
    """Puts the antecedent in place of the relative pronoun, or of the gap: "the deal that Iran broke", "a law
    which critics say hurts"."""
    antecedent = None if any(map(is_complementizer, token.children)) else _antecedent(token)
    if antecedent is None or any(t.lower == "whose" for t in token.subtree()) or _is_of_a_part(token):
        return  # "whose boat sank": the antecedent owns a part
    if not _replace_pronoun(clause, antecedent) and token.dep == "acl:relcl":
        _fill_gap(clause, antecedent)


def _is_of_a_part(token: Token) -> bool:
    """ "refugees, many of them living in tents": a participle with a subject of its own."""
    bare = token.tag in ("VBG", "VBN") and token.child("aux", "aux:pass", "cop") is None
    relative = any(map(_is_relative_pronoun, token.children))
    return bare and token.child("nsubj", "nsubj:pass") is not None and not relative


def _antecedent(token: Token) -> Token | None:
    """The noun that a relative clause describes, or the one around what it reports."""
    if token.dep == "acl:relcl":
        return token.head and (_some_of(token, token.head) or token.head)
    within = token.dep == "ccomp" and token.head is not None and is_relative_content(token)
    return token.head.head if within and token.head is not None else None


def _replace_pronoun(clause: Clause, antecedent: Token) -> bool:
    """Whether the relative pronoun had a place in the clause, where its antecedent stands now."""
    for place in ("subject", "object", "indirect"):
        if _is_relative_pronoun(getattr(clause, place)):
            setattr(clause, place, antecedent)
            return True
    pronoun = next((a for a in clause.args if a.head.lower in words("relative")), None)
    if pronoun is not None:
        pronoun.head = antecedent
    return pronoun is not None


def _is_relative_pronoun(token: Token | None) -> bool:
    return token is not None and token.lower in words("relative") and token.tag in ("WP", "WDT", "IN", "DT")


def _fill_gap(clause: Clause, antecedent: Token) -> None:
    """ "the deal Iran broke": what is missing is the antecedent."""
    open_object = clause.object is None and clause.complement is None and not clause.passive
    when_or_how = is_time_word(antecedent) or antecedent.lower in ("way", "reason")
    if clause.subject is None:
        clause.subject = antecedent
    elif open_object and clause.kind == "verbal" and not when_or_how:  # "the day the war began"
        clause.object = antecedent
