"""Nouns and relative pronouns that stand for somebody just named: "the secretary", "the latter", "who"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.actors import groups
from kg.actors.context import Context
from kg.actors.mentions import Ref
from kg.parsing.tree import Token

# Sentences back in which the person is named whom a title alone takes up.
TITLED = 5
_TELLING = ("amod", "compound", "nmod", "nmod:poss", "acl", "acl:relcl", "appos", "flat")


def link(context: Context) -> None:
    """Add the mentions of titles that are taken up by one word, and of "the former" and "the latter"."""
    for s, sentence in enumerate(context.sentences):
        for token in sentence.tokens:
            if token.lower in ("latter", "former"):
                _one_of_two(context, s, token)
            elif token.lower in ("both", "two") and _stands_alone(token):
                _two(context, s, token)
            elif token.pos == "NOUN":
                _titled(context, s, token)


def link_relatives(context: Context) -> None:
    """Who and which stand for the noun that their clause describes."""
    for s, sentence in enumerate(context.sentences):
        for token in sentence.tokens:
            if token.tag in ("WDT", "WP", "WP$") and (s, token.i) not in context.refs:
                _relative(context, s, token)


def is_state(context: Context, noun: Token) -> bool:
    """Whether a noun stands for a state itself: "country", "kingdom"."""
    anaphor = context.gazetteer.anaphors.get(noun.lower)
    return anaphor is not None and "state" in anaphor.types


def is_definite(noun: Token) -> bool:
    """Whether a noun stands with "the", "this" or "these"."""
    determiner = noun.child("det")
    return determiner is not None and determiner.lower in ("the", "this", "that", "these", "those")


def _titled(context: Context, s: int, token: Token) -> None:
    """ "The secretary" after "Treasury Secretary Janet Yellen": the only person named so before."""
    if (s, token.i) in context.refs or not _is_alone(token):
        return
    ref = Ref(s, token, token.i, token.i + 1, "title")
    before = (r for r in context.before(ref, TITLED) if _is_called(r, token.lower))
    named = {r.actor.id: (r, r.actor) for r in before if r.actor is not None}
    if len(named) == 1:
        meant, actor = next(iter(named.values()))
        ref.gender, ref.antecedent = meant.gender, meant.head
        context.add(ref.means(actor, meant.verdict, f"the {token.lower} named before: {actor.label}"))


def _is_called(ref: Ref, noun: str) -> bool:
    """Whether a mention's title ends in a noun."""
    return bool(ref.title) and ref.title is not None and ref.title.split()[-1].lower() == noun


def _is_alone(noun: Token) -> bool:
    """Whether a noun stands with "the" or "this" and nothing else that tells which."""
    return is_definite(noun) and noun.tag in ("NN", "NNP") and noun.child(*_TELLING) is None


def _one_of_two(context: Context, s: int, token: Token) -> None:
    """ "The latter", "the former": of the two that the text last joined by "and"."""
    if not is_definite(token) or token.dep in ("amod", "compound"):
        return
    ref = Ref(s, token, token.i, token.i + 1, "anaphor")
    chosen = _of_last_pair(context, ref, latter=token.lower == "latter")
    if chosen is None or chosen.actor is None:
        ref.means(None, "unsure", f"unresolved: the text does not say of which two '{token.text}' is one")
    else:
        ref.gender, ref.antecedent = chosen.gender, chosen.head
        ref.means(chosen.actor, chosen.verdict, f"the {token.lower} of two: {chosen.actor.label}")
    context.add(ref)


def _stands_alone(token: Token) -> bool:
    """Whether "both" or "the two" is a phrase of its own: "Paris welcomed both", not "both sides"."""
    own = token.base_dep in ("nsubj", "obj", "obl", "iobj") and token.child("nmod", "amod", "acl") is None
    return own and (token.lower == "both" or is_definite(token))


def _two(context: Context, s: int, token: Token) -> None:
    """ "Both", "the two": the two of whom the text speaks."""
    ref = Ref(s, token, token.i, token.i + 1, "group", plural=True)
    ref.members = groups.members(context, ref, "any")
    if ref.members:
        labels = " and ".join(a.label for a in ref.members)
        context.add(ref.means(groups.joined(context, ref.members), "same", f"the two named before: {labels}"))


def _of_last_pair(context: Context, ref: Ref, latter: bool) -> Ref | None:
    """The first or second of the last names that "and" joins, if they are two."""
    for meant in reversed(context.before(ref, 1)):
        first = meant.head.head if meant.head.dep == "conj" else None
        if first is not None:
            pair = [context.refs.get((meant.sentence, t.i)) for t in (first, *first.all("conj"))]
            return pair[latter] if len(pair) == 2 else None
    return None


def _relative(context: Context, s: int, token: Token) -> None:
    """The noun that the clause of a relative pronoun describes, if it is somebody."""
    meant = next((r for t in _described(context, s, token) if (r := context.at(s, t)) and r.actor), None)
    if meant is None:
        return
    ref = Ref(s, token, token.i, token.i + 1, "pronoun", antecedent=meant.head, members=meant.members)
    context.add(ref.means(meant.actor, meant.taken_up, f"'{token.text}' stands for the noun before it"))


def _described(context: Context, s: int, token: Token) -> Iterator[Token]:
    """The noun that a relative pronoun's clause hangs on, and the one right before it."""
    clause = next((a for a in (token, *token.ancestors()) if a.dep == "acl:relcl"), None)
    if clause is not None and clause.head is not None:
        yield clause.head
    for before in reversed(context.sentences[s].tokens[: token.i]):
        if before.pos in ("NOUN", "PROPN"):
            yield before
            return
        if before.pos not in ("ADP", "PUNCT", "DET", "NUM", "ADJ"):
            return
