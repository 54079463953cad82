"""Claims from clauses: who says that who does what to whom, with the words that show each part."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from kg.claims.arguments import is_idle, role_of
from kg.claims.attribution import Attribution, Context, reading_of
from kg.claims.clauses import (
    Arg,
    Clause,
    distance_to,
    distances,
    gerund_preposition,
    is_purpose,
    limits,
    seen_or_wanted,
)
from kg.claims.factuality import (
    NOT,
    Reading,
    among_alternatives,
    is_alternative,
    is_excluded,
    weaker,
)
from kg.claims.surface import (
    FREE_RELATIVES,
    adverbs,
    argument_tokens,
    clause_tokens,
    complement_tokens,
    contiguous,
    members,
    relation_tokens,
)
from kg.english.lexicon import frame_of, lemma_of
from kg.model import Argument, Claim, Document, Phrase, Relation, Span, Statement, Tense, Voice, When
from kg.parsing.tree import Token, case_words
from kg.time.expressions import resolve
from kg.time.partial import before

MEMBERS = 30  # coordinated members taken one by one; a longer list stays one phrase
# Roles that make an argument an object wherever it stands, and those that do so right behind the verb.
DIRECTED = frozenset({"recipient", "goal", "target"})
OBJECT_ROLES = frozenset({"topic", "accompaniment", "purpose", "other", "instrument", "capacity", "origin"})
BARE_ROLES = {"obj": "recipient", "iobj": "recipient", "nsubj:pass": "recipient", "advmod": "manner"}
BE_LEMMA = "be"


@dataclass(slots=True)
class _Job:
    """One clause on its way to claims, and the claims it has become."""

    clause: Clause
    context: Context
    reading: Reading
    claims: list[Claim] = field(default_factory=list)


def sentence_claims(
    document: Document, index: int, clauses: list[Clause], attribution: Attribution
) -> list[Claim]:
    """The claims of one sentence, outer before nested, in the order of the text."""
    jobs = {id(c): _job(c, attribution) for c in clauses}
    for clause in clauses:
        _make(document, index, jobs, clause)
    return _in_order([claim for job in jobs.values() for claim in job.claims])


def _in_order(claims: list[Claim]) -> list[Claim]:
    """As in the text, each claim right before those that are nested in it."""
    known = {c.id for c in claims}
    nested: dict[str | None, list[Claim]] = {}
    for claim in sorted(claims, key=_place_in_text):
        nested.setdefault(claim.nested_in if claim.nested_in in known else None, []).append(claim)
    found: list[Claim] = []
    waiting = nested.pop(None, [])[::-1]
    while waiting:
        claim = waiting.pop()
        found.append(claim)
        waiting += nested.pop(claim.id, [])[::-1]
    return found


def _place_in_text(claim: Claim) -> tuple[int, ...]:
    s = claim.statement
    return (
        claim.evidence.start,
        s.relation.start,
        *(p.start if p else -1 for p in (s.subject, s.object)),
    )


def _job(clause: Clause, attribution: Attribution) -> _Job:
    context = attribution.context(clause)
    return _Job(clause, context, reading_of(clause, context))


def _make(document: Document, index: int, jobs: dict[int, _Job], clause: Clause) -> list[Claim]:
    """The claims of a clause, after those of the clause it is nested in."""
    job = jobs.get(id(clause))
    if job is None or _is_of_what(clause):
        return []
    if not job.claims:
        outers = _outers(document, index, jobs, job)
        job.claims += [c for outer in outers for c in _claims(document, index, job, outer)]
        above = job.context.parent
        if above is not None and job.context.fills_object and job.claims:
            _link_objects(jobs[id(above)], job.claims)
    return job.claims


def _is_of_what(clause: Clause) -> bool:
    """ "What the guards feared was a mutiny": what the clause is about is told around it."""
    what = clause.object or clause.subject
    return what is not None and what.lower in FREE_RELATIVES and what is clause.predicates[0].head


def _claims(document: Document, index: int, job: _Job, outer: Claim | None) -> Iterator[Claim]:
    """The claims of a clause within one of those that it is nested in."""
    own = outer if _is_each_ones(job) else None
    for statement, places in _statements(document, job.clause, _time_of(job.reading)):
        if own is not None and statement.subject != own.statement.subject:
            continue
        if outer is not None and _is_mutual(job.clause.subject):
            # "accused each other of firing": whom each of them accused
            statement = replace(statement, subject=outer.statement.object)
        yield _claim(document, index, job, statement, outer, _among(job, places))


def _is_each_ones(job: _Job) -> bool:
    """ "Peru and Chile want to leave": of coordinated holders each wants what it does itself."""
    above = job.context.parent
    return above is not None and job.clause.doer is above.doer and len(members(above.doer)) > 1


def _among(job: _Job, places: Sequence[Token]) -> Reading:
    """How a clause is to be taken of these of its coordinated subjects and objects."""
    if any(map(is_excluded, places)):
        return job.reading.under(NOT)
    either = any(map(is_alternative, (job.clause.predicates[0], *places)))
    return among_alternatives(job.reading) if either else job.reading


def _outers(document: Document, index: int, jobs: dict[int, _Job], job: _Job) -> list[Claim | None]:
    """The claims that those of a clause are nested in; [None] where they stand for themselves."""
    above = job.context.parent
    outers: list[Claim | None] = list(_make(document, index, jobs, above)) if above is not None else []
    if not job.context.fills_object and not _is_mutual(job.clause.subject):
        del outers[1:]  # what is only attached to a claim is said once, not for each coordinated member
    return outers or [None]


def _time_of(reading: Reading) -> Tense:
    """Which way a time without a year points: what is planned or demanded lies ahead."""
    ahead = reading.modality in ("intended", "expected", "requested", "obligated")
    return "future" if ahead else reading.tense


def _link_objects(outer: _Job, nested: list[Claim]) -> None:
    """Points the objects of the outer claims at the claims nested in them."""
    first = {claim.nested_in: claim.id for claim in reversed(nested)}
    outer.claims[:] = [
        replace(c, statement=replace(c.statement, object=replace(c.statement.object, statement=first[c.id])))
        if c.id in first and c.statement.object is not None
        else c
        for c in outer.claims
    ]


def _claim(
    document: Document, index: int, job: _Job, statement: Statement, outer: Claim | None, reading: Reading
) -> Claim:
    context = job.context
    speaker = _speaker(document, job, statement, outer)
    return Claim(
        document=document.id,
        sentence=index,
        evidence=_evidence(document, statement, job.clause),
        statement=statement,
        polarity=reading.polarity,
        modality=reading.modality,
        factuality=weaker(reading.factuality, "unknown" if context.cue == '"' and speaker is None else ""),
        tense=reading.tense,
        speaker=speaker,
        cue=context.cue or reading.cue,
        nested_in=outer.id if outer else None,
        found_by=job.clause.kind,
    )


def _speaker(document: Document, job: _Job, statement: Statement, outer: Claim | None) -> Phrase | None:
    """Who says so; of coordinated speakers the one whose claim this one is nested in."""
    context = job.context
    if context.speaker is None:
        return outer.speaker if outer is not None else None
    if context.speaker is job.clause.doer:
        return statement.subject  # "efforts by Qatar and Egypt to end it": each makes its own
    above, named = context.parent, _name_of(context.speaker)
    if named is not None:
        return phrase(document, named, above or job.clause)
    if outer is not None and above is not None and context.speaker is above.doer:
        return outer.statement.subject
    return phrase(document, context.speaker, above or job.clause)


def _name_of(described: Token) -> Token | None:
    """ "The baker, Idris Kano, said": the person's name beside words that only describe him."""
    names = (t for t in described.all("appos") if t.pos == "PROPN" and t.ent == "PERSON")
    return next(names, None) if described.pos == "NOUN" else None


def _begin(clause: Clause) -> int:
    """Where the sentence of a clause begins."""
    root = next((t for t in clause.head.ancestors() if t.head is None), clause.head)
    return root.subtree()[0].start


def _evidence(document: Document, statement: Statement, clause: Clause) -> Span:
    """From the first part of the statement to its last; a time or place set before it is left out, and so is
    a subject that another sentence names, and a clause that only limits this one."""
    begin = _begin(clause)
    apart = {t.start for t in (*distances(clause), *(a.head for a in limits(clause)))}
    parts: list[Span] = [
        p for p in (statement.subject, statement.relation, statement.object) if p is not None
    ]
    start = min(p.start for p in parts if p.start >= begin)
    end = max([p.end for p in parts] + [a.end for a in statement.arguments if a.head not in apart])
    return document.span(start, end)


# ── statements ──


def _statements(
    document: Document, clause: Clause, tense: Tense
) -> Iterator[tuple[Statement, Sequence[Token]]]:
    """One statement for each pair of coordinated subject and object, and the heads of the two."""
    relation, target, args = _predication(document, clause)
    arguments = tuple(_argument(document, a, clause) for a in args)
    plain = (argument for argument, arg in zip(arguments, args, strict=True) if not _is_clausal(arg))
    when = _when(document, plain, tense)
    where = next((_as_place(a) for a in arguments if a.role == "place"), None)
    for s, o in _pairs(clause, target):
        statement = Statement(
            subject=_place(document, clause, s),
            relation=relation,
            object=_object_phrase(document, clause, o),
            arguments=arguments,
            when=when,
            where=where,
        )
        yield statement, [t for t in (s, o) if t is not None]


def _predication(document: Document, clause: Clause) -> tuple[Relation, Token | None, list[Arg]]:
    """The relation, the object's head and the further arguments; where nothing else is one, an argument
    behind a preposition is the object."""
    target, (relation, args) = _deep_object(clause), _relation(document, clause)
    if target is not None or clause.complement is not None:
        return relation, target, args
    chosen = next((a for a in args if not _is_clausal(a) and _can_be_object(a, clause)), None)
    if chosen is None:
        return relation, None, args
    rest = [a for a in args if a is not chosen]
    return _with_preposition(document, relation, chosen), chosen.head, rest


def _pairs(clause: Clause, target: Token | None) -> Iterator[tuple[Token | None, Token | None]]:
    """Each coordinated subject with each object that is not itself: "talks between Haiti and Brazil"."""
    subject = clause.doer
    # "President Lula and his envoy": one of them is president
    subjects = _split(subject) if clause.kind != "title" else [m for m in _split(subject) if m is subject]
    mutual = _is_mutual(target) and len(members(subject)) > 1
    for s in subjects:
        others = members(subject) if mutual else _split(target)
        yield from ((s, o) for o in others if s is None or s is not o)


def _is_mutual(head: Token | None) -> bool:
    """ "each other", "one another"."""
    if head is None or head.lower not in ("each", "other", "one", "another"):
        return False
    return {t.lower for t in head.subtree()} in ({"each", "other"}, {"one", "another"})


def _when(document: Document, arguments: Iterable[Argument], tense: Tense) -> When | None:
    """The first time among the arguments that can be resolved, else the first, which rather tells when than
    for how long; prepositions count."""
    times = sorted((a for a in arguments if a.role == "time"), key=lambda a: a.preposition == "for")
    found = [_resolved(document, a, tense) for a in times]
    return next((w for w in found if w.value is not None), found[0] if found else None)


def _resolved(document: Document, argument: Argument, tense: Tense) -> When:
    phrase = f"{argument.preposition or ''} {' '.join(argument.text.split())}".strip()
    found = resolve(phrase, document.published, tense)
    now = document.published
    if tense == "past" and now is not None and found.value is not None and before(now, found.value):
        return When(argument.text, argument.start, argument.end)  # "the first visit in nine years"
    return When(argument.text, argument.start, argument.end, found.value, found.precision, found.basis)


def _as_place(argument: Argument) -> Phrase:
    return Phrase(argument.text, argument.start, argument.end, head=argument.head)


def _split(head: Token | None) -> list[Token | None]:
    found = members(head)
    return list(found) if 0 < len(found) <= MEMBERS else [head]


def _deep_object(clause: Clause) -> Token | None:
    if clause.passive and clause.agent is not None:
        return clause.subject
    if clause.kind == "copular" and clause.head.pos == "ADJ" and _has_complement(clause):
        return None  # "is subject to approval": the approval is the object
    if clause.complement is not None:
        return None
    return clause.object


def _has_complement(clause: Clause) -> bool:
    """Whether a preposition follows that belongs to the adjective: "is subject to approval"."""
    return any(a.case and role_of(a) != "source" for a in clause.args)


def _place(document: Document, clause: Clause, head: Token | None) -> Phrase | None:
    if head is None:
        return None
    if len(found := members(head)) > MEMBERS:
        tokens = [t for member in found for t in contiguous(member, argument_tokens(member, clause))]
        return _phrase(document, sorted(tokens, key=lambda t: t.i), head)
    return phrase(document, head, clause)


def _object_phrase(document: Document, clause: Clause, head: Token | None) -> Phrase | None:
    if clause.complement is not None:
        tokens = complement_tokens(clause)
        if (whose := seen_or_wanted(clause)) is not None:
            tokens = sorted({*tokens, *whose.subtree()}, key=lambda t: t.i)
        tokens = contiguous(clause.complement, tokens)
        return _phrase(document, tokens, clause.complement)
    return _place(document, clause, head)


def _listed(document: Document, head: Token, clause: Clause) -> Phrase:
    """The phrase of an argument with what is coordinated with it: "between Haiti and Brazil"."""
    if len(found := members(head)) < 2 or not all(m.i > head.i for m in found[1:]):
        return phrase(document, head, clause)
    tokens = [t for m in found for t in contiguous(m, argument_tokens(m, clause, keep_case=m is not head))]
    start, end = min(t.start for t in tokens), max(t.end for t in tokens)
    return Phrase(document.text[start:end], start, end, head.start)


def phrase(document: Document, head: Token, clause: Clause) -> Phrase:
    """The minimal phrase of a head as an unbroken span of the text; a gerund's is all of its clause."""
    return _phrase(document, contiguous(head, _words_of(head, clause)), head)


def _words_of(head: Token, clause: Clause) -> list[Token]:
    """The words of a phrase, or of the clause that stands in its place."""
    if head is not clause.head and (gerund_preposition(head) or head.dep == "advcl"):
        return clause_tokens(head)
    if (counted_from := distance_to(head)) is not None:
        return sorted({*head.subtree(), *counted_from.subtree()}, key=lambda t: t.i)
    if is_purpose(head) or (head.dep == "advmod" and head.child("advcl") is not None):
        return head.subtree()
    return argument_tokens(head, clause)


def _phrase(document: Document, tokens: list[Token], head: Token) -> Phrase:
    start, end = tokens[0].start, tokens[-1].end
    return Phrase(document.text[start:end], start, end, head.start)


def _relation(document: Document, clause: Clause) -> tuple[Relation, list[Arg]]:
    """The relation and the arguments that are left beside subject, object and agent."""
    verbs = relation_tokens(clause)
    run = _verb_run(clause, verbs)
    args = [*_further_arguments(clause), *(Arg(c) for c in adverbs(clause, run))]
    start = end = clause.head.start
    lemma, voice = BE_LEMMA, _voice(clause)
    if clause.kind not in ("apposition", "title"):  # which have no verb in the text
        start, end, lemma = run[0].start, run[-1].end, relation_lemma(clause)
    text = document.text[start:end]
    return Relation(text, start, end, lemma, voice, clause.head.start), args


def _voice(clause: Clause) -> Voice:
    return "passive" if clause.passive and clause.agent is None else "active"


def _verb_run(clause: Clause, verbs: list[Token]) -> list[Token]:
    """The unbroken run of words that shows the relation."""
    if clause.passive and clause.agent is not None:  # "was seized by Iran": Iran seized
        verbs = [clause.head, *clause.head.all("compound:prt")]
    elif clause.kind == "copular" and not clause.chain:
        verbs = [t for t in verbs if t is not clause.head] + _after_be(clause) or [clause.head]
    verbs = sorted(verbs, key=lambda t: t.i)
    return contiguous(clause.head if clause.head in verbs else verbs[-1], verbs)


def _further_arguments(clause: Clause) -> list[Arg]:
    """What is neither subject, object nor source: those to whom it is done or said come first."""
    args = [a for a in clause.args if role_of(a) != "source" and not _is_agent(a, clause) and not is_idle(a)]
    asked = clause.object if clause.complement is not None and clause.kind == "verbal" else None
    whose = seen_or_wanted(clause)
    told = (t for t in (asked, clause.indirect) if t is not None and t is not whose)
    args[:0] = map(Arg, told)  # "urged Beijing to negotiate": Beijing is asked
    args += _charges(clause)
    args += [*map(Arg, distances(clause)), *limits(clause)]
    if clause.complement is not None and clause.passive and clause.agent is not None and clause.subject:
        args.insert(0, Arg(clause.subject))  # "firms were told by the bank that": the firms are
    return args


def _is_clausal(arg: Arg) -> bool:
    """Whether an argument is a clause, or told by one: "until the rains come", "a day after it fell"."""
    head = arg.head
    limits_it = (head.dep == "advcl" and not gerund_preposition(head)) or head.child("advcl") is not None
    return limits_it or distance_to(head) is not None or is_purpose(head)


def _charges(clause: Clause) -> list[Arg]:
    """What somebody is accused of, barred from, thanked for: "of hiding rebels"."""
    gerunds = ((p, c, gerund_preposition(c)) for p in clause.predicates for c in p.all("advcl"))
    known = [(c, word) for p, c, word in gerunds if word and frame_of(p, word) is not None]
    return [Arg(c, [t for t in c.all("mark", "case") if t.lower == word]) for c, word in known]


def _is_agent(arg: Arg, clause: Clause) -> bool:
    return clause.passive and arg.head is clause.agent


def relation_lemma(clause: Clause) -> str:
    """The lemma that names the relation: "rule out", "be subject", "be in"; of merged verbs the last."""
    if clause.kind in ("existential", "copular"):
        return " ".join([BE_LEMMA, *(t.lemma.lower() for t in _after_be(clause))])
    return lemma_of(clause.head)


def _after_be(clause: Clause) -> list[Token]:
    """What belongs to "be": the adjective of "is subject to", the preposition of "is in talks"."""
    head = clause.head
    if clause.kind == "existential":
        return []
    if head.pos == "ADJ" and not case_words(head):  # "is among the dead" is of a place
        return [head] if _has_complement(clause) or clause.complement is not None else []
    return case_words(head)


def _can_be_object(arg: Arg, clause: Clause) -> bool:
    """Whether an argument behind a preposition fills the object's place: "reach out to Beijing"."""
    if not arg.case or arg.case[0].i < clause.head.i:
        return False
    if arg.preposition == "by" and _is_bare(arg.head):
        return False  # "spoke by phone"
    role = role_of(arg)
    verb = [t.i for t in relation_tokens(clause)] + [
        c.i for c in clause.head.children if c.dep == "compound:prt"
    ]
    return role in DIRECTED or (role in OBJECT_ROLES and arg.case[0].i == max(verb) + 1)


def _is_bare(noun: Token) -> bool:
    """A common noun alone, which says how: "by phone", "by video link"."""
    return noun.tag == "NN" and noun.child("det", "nmod:poss", "nummod") is None


def _with_preposition(document: Document, relation: Relation, arg: Arg) -> Relation:
    """ "reach out" + "to"; the span grows where the preposition follows at once."""
    end = arg.case[-1].end
    between = document.text[relation.end : arg.case[0].start]
    lemma = f"{relation.lemma} {arg.preposition}"
    if between.strip():
        return replace(relation, lemma=lemma)
    return replace(relation, lemma=lemma, text=document.text[relation.start : end], end=end)


def _argument(document: Document, arg: Arg, clause: Clause) -> Argument:
    role = role_of(arg) if arg.case or _is_clausal(arg) else _bare_role(arg)
    base = _listed(document, arg.head, clause)
    return Argument(
        base.text, base.start, base.end, base.head, role=role, preposition=arg.preposition or None
    )


def _bare_role(arg: Arg) -> str:
    """ "For months" has a preposition; "Tuesday", "directly" and "Beijing" (urged) have none."""
    if role_of(arg) == "time":
        return "time"
    return BARE_ROLES.get(arg.head.dep, "other")
