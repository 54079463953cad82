"""Who may take part in an act: the candidates for its doer and its target, and what the tree says of each.

An act's word is a verb or a noun ("shelled", "the raid on"). Candidates are the heads of noun phrases and
the pronouns of its sentence, who speaks there, and the actors of the sentence before. Features are named by
strings; what they weigh is learnt, so that no list of verbs says who does what to whom.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Claim
from kg.parsing.tree import Sentence, Token, case_words

NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
INSIDE_NAMES = frozenset({"compound", "flat", "fixed", "goeswith", "appos"})
STEPS = 5  # of the longest path that is told label by label
NEAR = ((1, "1"), (3, "3"), (7, "7"), (15, "15"))  # words between two, up to so many


@dataclass(frozen=True, slots=True)
class Candidate:
    """A word that may name a party. `sentences_before` is 0 in the act's own sentence."""

    token: Token
    sentences_before: int = 0
    speaks: bool = False


def candidates(
    act: Token, sentence: Sentence, speaker: Token | None, before: Sequence[Token] = ()
) -> list[Candidate]:
    """Who may take part, each word once: of the sentence, its speaker, and `before`, actors named earlier."""
    found = [
        Candidate(t, speaks=t is speaker)
        for t in sentence
        if t is not act and t.pos in NOMINAL and t.dep.partition(":")[0] not in INSIDE_NAMES
    ]
    if speaker is not None and all(c.token is not speaker for c in found):
        found.append(Candidate(speaker, 1, speaks=True))
    known = {id(c.token) for c in found}
    return found + [Candidate(t, 1) for t in before if id(t) not in known]


def roles(act: Token, claims: Iterable[Claim]) -> dict[int, list[str]]:
    """What the claims of an act's word say of the words in them, by where these begin: subject, object …"""
    found: dict[int, list[str]] = {}
    for claim in claims:
        s = claim.statement
        if s.relation.head != act.start:
            continue
        voice = s.relation.voice
        parts = [("subject", s.subject), ("object", s.object), ("source", claim.speaker)]
        parts += [(f"{a.role} {a.preposition or ''}".strip(), a) for a in s.arguments]
        for name, phrase in parts:
            if phrase is not None:
                found.setdefault(phrase.head, []).append(f"{voice} {name}")
    return found


def features(
    act: Token, candidate: Candidate, kind: str, actor_type: str | None, parts: Sequence[str] = ()
) -> list[str]:
    """What is told of a candidate: `kind` is the act's type, `actor_type` that of whom it is taken for."""
    token = candidate.token
    named = actor_type or "nobody"
    who = [f"who={named}", f"pos={token.pos}", f"ent={token.ent or 'none'}", f"who={named} kind={kind}"]
    if token.pos == "PRON":
        who.append(f"pronoun={token.lower}")
    who += [f"part={p}" for p in parts] + [f"part={p} kind={kind}" for p in parts]
    if candidate.speaks:
        who += ["speaks", f"speaks kind={kind}"]
    if candidate.sentences_before:
        return [*who, "before", f"before who={named}"]
    path = path_between(act, token)
    voice = "passive" if is_passive(act) else act.pos
    side = "left" if token.i < act.i else "right"
    case = " ".join(t.lower for t in case_words(token))
    place = [
        f"path={path}",
        f"path={path} voice={voice}",
        f"path={path} kind={kind}",
        f"path={path} who={named}",
        f"side={side} voice={voice}",
        f"far={_near(abs(token.i - act.i))} side={side}",
        f"last={token.dep} side={side}",
        f"lemma={act.lemma} path={path}",
        f"lemma={act.lemma} side={side} {voice}",
    ]
    if case:
        place += [f"case={case} path={path}", f"case={case} kind={kind}", f"case={case} side={side}"]
    return who + place


def nobody(act: Token, kind: str) -> list[str]:
    """What is told of the text's leaving a party unnamed."""
    voice = "passive" if is_passive(act) else act.pos
    subject = act.child("nsubj", "nsubj:pass", "csubj")
    has = "subject" if subject is not None else "agent" if act.child("obl:agent") else "none"
    return [f"nobody kind={kind}", f"nobody voice={voice} has={has}", f"nobody voice={voice} kind={kind}"]


def is_passive(act: Token) -> bool:
    """Whether an act's word is a passive verb, reduced ones included."""
    if act.child("aux:pass", "nsubj:pass") is not None:
        return True
    return act.tag == "VBN" and act.child("aux", "nsubj") is None and act.pos == "VERB"


def path_between(one: Token, other: Token) -> str:
    '''The labels from a word up to what both hang on (^) and down to the other (v), cut where it is long.

    >>> from kg.parsing.tree import sentence
    >>> s = sentence("""
    ...     Troops troop NOUN NNS 2 nsubj
    ...     shelled shell VERB VBD 0 root
    ...     towns town NOUN NNS 2 obj
    ... """)
    >>> path_between(s.tokens[1], s.tokens[0]), path_between(s.tokens[0], s.tokens[2])
    ('vnsubj', '^nsubj vobj')
    '''
    up = [one, *one.ancestors()]
    down = [other, *other.ancestors()]
    shared = next((t for t in up if any(t is d for d in down)), None)
    if shared is None:
        return "none"
    rising = [f"^{t.base_dep}" for t in _until(up, shared)]
    falling = [f"v{t.dep}" for t in reversed(list(_until(down, shared)))]
    steps = [*rising, *falling]
    return " ".join(steps) if len(steps) <= STEPS else f"{steps[0]} .. {steps[-1]}"


def _until(chain: Sequence[Token], end: Token) -> Iterator[Token]:
    for token in chain:
        if token is end:
            return
        yield token


def _near(distance: int) -> str:
    return next((name for limit, name in NEAR if distance <= limit), "more")
