"""The `carb` format: tuples as the CaRB benchmark writes them (Bhardwaj, Aggarwal & Mausam 2019)."""

from collections.abc import Iterator

from kg.extraction.clauses import Arg, Clause
from kg.extraction.phrases import clause_tokens, phrase_tokens, relation_tokens
from kg.parse import Token

FULL = frozenset(
    {"punct", "cop", "parataxis", "nsubj", "nsubj:pass", "csubj", "aux", "mark", "expl", "nsubj:outer"}
)


def text(tokens: list[Token]) -> str:
    return " ".join(t.text for t in tokens)


def tuples(clause: Clause) -> Iterator[list[str]]:
    """relation, subject, argument, …"""
    if clause.subject is None:
        return
    rel = relation_tokens(clause)
    args: list[str] = []
    obj = clause.object
    rest = list(clause.args)
    if clause.kind == "existential":
        yield [text(rel), text(full(clause.subject)), *[arg_text(a) for a in rest]]
        return
    if obj is not None and not (clause.kind == "copular" and obj.pos == "ADJ"):
        cop = clause.kind == "copular"
        tokens = full(obj, keep_case=True)
        if cop:
            skip = {id(t) for a in rest for t in a.head.subtree()} | {id(t) for t in rel}
            for c in obj.children:
                if c.dep in ("advcl", "advmod", "conj") and (
                    (c.i < obj.i and c.dep != "amod") or c.dep == "conj"
                ):
                    skip |= {id(t) for t in c.subtree()}
            tokens = [t for t in tokens if id(t) not in skip]
        args.append(text(tokens))
    if clause.indirect is not None:
        args.insert(0, text(full(clause.indirect)))
    if clause.complement is not None:
        args.append(text(clause_tokens(clause.complement)))
    rel_text = text(rel)
    if not args and rest:
        after = [a for a in rest if a.head.i > rel[-1].i and a.case] or []
        if after:
            first = after[0]
            rest.remove(first)
            rel_text += " " + text(first.case)
            args.append(text(full(first.head)))
    args += [arg_text(a) for a in rest]
    for adv in clause.head.children:
        if adv.dep == "advmod" and adv not in rel and adv.i > clause.head.i and not args:
            args.append(text(full(adv)))
    yield [rel_text, text(full(clause.subject)), *args]


def full(head: Token, keep_case: bool = False) -> list[Token]:
    from kg.extraction.phrases import LOOSE

    return phrase_tokens(
        head,
        keep_case,
        LOOSE - {"conj", "cc", "acl:relcl", "appos", "advcl"}
        if head.pos in ("NOUN", "PROPN", "PRON", "NUM", "X", "SYM", "DET")
        else LOOSE - {"advcl"},
    )


def arg_text(a: Arg) -> str:
    return text(full(a.head, keep_case=True))
