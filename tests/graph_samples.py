"""One small article with claims and an event, and generators of more, for the tests of the graph."""

import random
from dataclasses import replace
from itertools import accumulate

from hypothesis import strategies as st

from kg import rdf
from kg.model import Actor, Argument, Claim, Document, Event, Phrase, Relation, Role, Span, Statement, When

TEXT = (
    "For months, President Trump insisted that Xi needed to call him directly. "
    "Beijing denied it on June 5. The talks were halted."
)
ARTICLE = Document("articles/call.txt", TEXT, "A call that did not come", "Example Times", None, "2025-06-06")
TRUMP = Actor(
    "donald-trump", "Donald Trump", "person", "USA", "GOV", "Q22686", True,
    (Role("head of government", "President of the United States", "USA", "GOV", "2025-01-20"),),
)  # fmt: skip
XI = Actor("xi-jinping", "Xi Jinping", "person", "CHN", "GOV", "Q15031", True)
CHINA = Actor("chn", "China", "state", "CHN", "GOV", "Q148", True)
SENTENCES = [(0, ARTICLE.span(0, 73)), (1, ARTICLE.span(74, 102)), (2, ARTICLE.span(103, 125))]


def phrase(words: str, actor: Actor | None = None, statement: str | None = None, reason: str | None = None):
    start = TEXT.index(words)
    return Phrase(words, start, start + len(words), actor=actor, statement=statement, reason=reason)


def relation(words: str, lemma: str, voice="active"):
    return Relation(words, TEXT.index(words), TEXT.index(words) + len(words), lemma, voice)


def claim(sentence: int, evidence: str, statement: Statement, **more) -> Claim:
    start = TEXT.index(evidence)
    return Claim(ARTICLE.id, sentence, Span(evidence, start, start + len(evidence)), statement, **more)


def _claims() -> list[Claim]:
    trump = phrase("President Trump", TRUMP, reason="title and surname")
    directly = Argument("directly", 64, 72, role="manner")
    demand = phrase("Xi needed to call him directly")
    outer = claim(
        0, TEXT[12:72], Statement(trump, relation("insisted", "insist"), demand), confidence=0.93
    )  # fmt: skip
    inner = claim(
        0,
        demand.text,
        Statement(
            phrase("Xi", XI, reason="surname"),
            relation("needed to call", "call"),
            phrase("him", TRUMP, reason="pronoun"),
            (directly,),
        ),
        modality="obligated",
        factuality="unknown",
        tense="future",
        speaker=trump,
        cue="insist",
        nested_in=outer.id,
        confidence=0.88,
    )
    demand = replace(demand, statement=inner.id)
    outer = replace(outer, statement=replace(outer.statement, object=demand))
    denies = Statement(
        phrase("Beijing", CHINA, reason="metonym"),
        relation("denied", "deny"),
        phrase("it"),
        (Argument("June 5", 95, 101, role="time", preposition="on"),),
        When("June 5", 95, 101, "2025-06-05", "day"),
    )
    halted = Statement(phrase("The talks"), relation("were halted", "halt", "passive"))
    return [outer, inner, claim(1, TEXT[74:101], denies), claim(2, TEXT[103:124], halted, found_by="other")]


CLAIMS = _claims()
EVENT = Event(
    CLAIMS[0].id, ARTICLE.id, 0, "REQUEST", "meet", ("diplomatic",), "106", 3, 0.0, -3.4,
    (TRUMP,), (XI,), "2025-06-06", "day", "publication", None, "past", None, CLAIMS[0].evidence, 0.9, "AGREE",
)  # fmt: skip


# --- any document, with claims and events that point into it

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="\x00\x1f"), min_size=1, max_size=12)
NAMES = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)
DATES = st.one_of(
    st.none(),
    st.dates().map(str),
    st.dates().map(lambda d: str(d)[:7]),
    st.dates().map(lambda d: str(d)[:4]),
    st.just("2025-06-02/2025-06-08"),
    NAMES,
)
SHARES = st.integers(0, 1000).map(lambda n: n / 1000)
ACTORS = st.dictionaries(
    NAMES,
    st.tuples(
        NAMES, st.sampled_from(["person", "country", "army", "unknown"]), st.none() | NAMES, st.none() | NAMES
    ),
    min_size=1,
    max_size=4,
).map(lambda d: [Actor(id, *rest, known=len(id) % 2 == 0) for id, rest in d.items()])


@st.composite
def documents(draw) -> Document:
    text = draw(st.lists(WORDS, min_size=1, max_size=30).map(" ".join).filter(str.strip))
    title, publisher, url = (draw(st.none() | NAMES) for _ in range(3))
    return Document(
        draw(NAMES), text, title, publisher, url, draw(DATES), draw(st.sampled_from(["en", "x y"]))
    )


def spans(document: Document):
    size = len(document.text)
    return st.tuples(st.integers(0, size), st.integers(0, size)).map(
        lambda ab: document.span(min(ab), max(ab))
    )


@st.composite
def phrases(draw, document: Document, actors: list[Actor], claims: list[Claim]) -> Phrase:
    span, choice = draw(spans(document)), draw(st.integers(0, 2))
    actor = draw(st.sampled_from(actors)) if choice == 1 else None
    nested = draw(st.sampled_from(claims)) if choice == 2 and claims else None
    span = nested.evidence if nested and draw(st.booleans()) else span
    members = tuple(draw(st.lists(st.sampled_from(actors), max_size=3, unique=True)))
    reason = draw(st.none() | NAMES)
    return Phrase(
        *(span.text, span.start, span.end),
        actor=actor,
        statement=nested and nested.id,
        members=members,
        reason=reason,
    )  # fmt: skip


@st.composite
def statements(draw, document: Document, actors: list[Actor], claims: list[Claim]) -> Statement:
    some = phrases(document, actors, claims)
    verb, at = draw(spans(document)), draw(spans(document))
    arguments = draw(
        st.lists(
            st.builds(
                lambda p, role, preposition: Argument(
                    p.text, p.start, p.end, **vars(p), role=role, preposition=preposition
                ),
                some,
                st.sampled_from(["time", "manner", "any thing"]),
                st.none() | NAMES,
            ),
            max_size=3,
            unique_by=lambda a: (a.start, a.end, a.role, a.preposition, a.actor, a.statement),
        )
    )
    when = When(
        at.text, at.start, at.end, draw(DATES), draw(st.sampled_from([None, "day", "interval"])),
        draw(st.sampled_from(["text", "publication"])),
    )  # fmt: skip
    return Statement(
        draw(st.none() | some),
        Relation(verb.text, verb.start, verb.end, draw(NAMES), draw(st.sampled_from(["active", "passive"]))),
        draw(st.none() | some),
        tuple(arguments),
        draw(st.sampled_from([None, when])),
        draw(st.none() | some),
    )


@st.composite
def articles(draw):
    """A document with sentences, claims (nested ones name earlier ones) and events."""
    document, actors = draw(documents()), draw(ACTORS)
    sentences = list(enumerate(draw(st.lists(spans(document), min_size=1, max_size=3))))
    claims: dict[str, Claim] = {}
    for _ in range(draw(st.integers(0, 4))):
        earlier = list(claims.values())
        above = draw(st.sampled_from([None, *earlier]))
        speaker = draw(st.none() | phrases(document, actors, []))
        new = Claim(
            document.id,
            draw(st.sampled_from(sentences))[0],
            draw(spans(document)),
            draw(statements(document, actors, earlier)),
            draw(st.sampled_from(["affirmed", "negated"])),
            draw(st.sampled_from(["asserted", "possible", "requested"])),
            draw(st.sampled_from(["certain", "probable", "unknown"])),
            draw(st.sampled_from(["past", "present", "future"])),
            draw(st.sampled_from([speaker, above and above.statement.subject])),
            draw(st.none() | NAMES),
            above and above.id,
            draw(SHARES),
            draw(st.sampled_from(["clauses", "nominal"])),
        )
        claims.setdefault(new.id, new)
    some = [draw(events(document, c, actors)) for c in claims.values() if draw(st.booleans())]
    return document, sentences, list(claims.values()), some


@st.composite
def events(draw, document: Document, claim: Claim, actors: list[Actor]) -> Event:
    who = st.lists(st.sampled_from(actors), max_size=3, unique=True).map(tuple)
    own = draw(st.booleans())
    date = draw(DATES)
    cameo = draw(st.sampled_from([None, "036", "10", "of no table"]))
    kind = draw(st.sampled_from(["REQUEST", "AGREE", "of no table"]))
    goldstein = st.sampled_from([4.0, -9.2])  # a code of CAMEO's always has a score
    return Event(
        claim.id,
        document.id,
        claim.sentence if own else 0,
        kind,
        draw(st.none() | st.sampled_from(["meet", "REQUEST-x"])),
        tuple(draw(st.lists(st.sampled_from(["economic", "cyber", "lgbt"]), unique=True))),
        cameo,
        {"REQUEST": 2, "AGREE": 1}.get(kind, 4),  # a type has one quad class
        draw(st.sampled_from([0.0, -3.5, 10.0])),
        draw(goldstein if cameo in ("036", "10") else st.none() | goldstein),
        draw(who),
        draw(who),
        date,
        draw(st.sampled_from([None, "month"])),
        date and draw(st.sampled_from(["text", "publication"])),
        draw(st.none() | phrases(document, actors, [])),
        draw(NAMES),
        draw(st.none() | st.sampled_from(actors)),
        claim.evidence if own else draw(spans(document)),
        draw(SHARES),
        draw(st.sampled_from([None, "ASSAULT", "AGREE", "of no table"])),
        draw(st.sampled_from([(), ("actors",), ("recipients",), ("actors", "recipients")])),
    )


# --- several small articles that contradict each other, for the queries

IRAN = Actor("irn", "Iran", "state", "IRN", "GOV", known=True)
ENVOY = Actor("the-envoy", "the envoy", "person", "IRN", "GOV")  # whom no table knows


class Article:
    """Writes a document sentence by sentence, with the claim that each makes.

    >>> a = Article("a", "Daily", "2025-06-01")
    >>> _ = a.say(CHINA, "met", "meet", IRAN)
    >>> a.document.text, a.claims[0].statement.object.actor.label
    ('China met Iran .', 'Iran')
    """

    def __init__(self, id: str, publisher: str | None, published: str | None) -> None:
        self.id, self.publisher, self.published = id, publisher, published
        self.text, self.sentences, self.claims = "", [], []

    @property
    def document(self) -> Document:
        return Document(self.id, self.text, f"Title of {self.id}", self.publisher, None, self.published)

    def word(self, words: str) -> Span:
        self.text += (" " if self.text else "") + words
        return Span(words, len(self.text) - len(words), len(self.text))

    def phrase(self, what) -> Phrase | None:
        if what is None:
            return None
        actor = what if isinstance(what, Actor) else None
        span = self.word(actor.label if actor else what)
        reason = "full name" if actor else "no actor of that name" if what.istitle() else None
        return Phrase(span.text, span.start, span.end, actor=actor, reason=reason)

    def say(
        self, subject, verb, lemma, obj=None, *, speaker=None, when=None, where=None, voice="active", **more
    ) -> Claim:
        start = len(self.text) + bool(self.text)
        source = self.phrase(speaker)
        if source:
            self.word("said that")
        who, does = self.phrase(subject), self.word(verb)
        whom = self.phrase(obj)
        place = self.phrase(where)
        day = self.word(when[0]) if when else None
        self.word(".")
        index = len(self.sentences)
        self.sentences.append((index, Span(self.text[start:], start, len(self.text))))
        statement = Statement(
            who,
            Relation(does.text, does.start, does.end, lemma, voice),
            whom,
            (),
            When(day.text, day.start, day.end, when[1], "day" if when[1] else None) if day else None,
            place,
        )
        evidence = Span(self.text[start:-2], start, len(self.text) - 2)
        more = {"cue": "say"} | more if speaker else more
        self.claims.append(Claim(self.id, index, evidence, statement, speaker=source, **more))
        return self.claims[-1]

    def quads(self) -> list:
        """The article's graph and its provenance, as a build writes them."""
        graph = rdf.document_quads(self.document, self.sentences, self.claims)
        return [*graph, *rdf.provenance_quads(self.document)]


def newspapers() -> list[Article]:
    """Three articles: accounts that differ, a denial, a plan, a condition, an attack without an agent."""
    a = Article("a", "Daily", "2025-06-01")
    a.say(IRAN, "attacked", "attack", CHINA, where="Basra", when=("on May 30", "2025-05-30"))
    a.say(XI, "must leave", "leave", IRAN, speaker=TRUMP, modality="obligated", factuality="unknown")
    a.say(TRUMP, "will visit", "visit", CHINA, modality="intended", factuality="unknown", tense="future")
    b = Article("b", "Gazette", "2025-06-05")
    b.say(IRAN, "attacked", "attack", CHINA, speaker=ENVOY, polarity="negated")
    b.say(CHINA, "denied", "deny", "the report", when=("later", None))
    b.say(
        IRAN, "might answer", "answer", "in kind", modality="possible", factuality="possible", confidence=0.4
    )
    c = Article("c", None, "2025-06-09")
    c.say(IRAN, "attacked", "attack", CHINA)
    c.say("Convoy", "was hit", "hit", voice="passive")
    c.say(CHINA, "accused", "accuse", IRAN)
    c.say(CHINA, "would stop", "stop", "the talks", modality="conditional", factuality="unknown")
    c.say(TRUMP, "did not call", "call", XI, polarity="negated")
    return [a, b, c]


# --- as many articles as wanted, whose actors are named as in news: a few often, most hardly ever

CROWD = [CHINA, TRUMP, IRAN, XI, ENVOY] + [
    Actor(f"actor-{n}", f"Actor {n}", "person", "USA", "GOV", None, known=n % 2 == 0) for n in range(6, 3001)
]
WEIGHTS = list(accumulate(1 / rank for rank in range(1, len(CROWD) + 1)))
VERBS = "attack call meet accuse deny visit praise leave support threaten sanction arm".split()


def three_actors(chance: random.Random) -> list[Actor]:
    """Three different actors, each as likely as its share."""
    found: dict[str, Actor] = {}
    while len(found) < 3:
        (actor,) = chance.choices(CROWD, cum_weights=WEIGHTS)
        found[actor.id] = actor
    return list(found.values())


def made_up(number: int) -> Article:
    """An article of 40 short sentences, each a claim; the same number gives the same article."""
    chance = random.Random(number)
    made = Article(f"articles/{number}.txt", f"Paper {number % 20}", f"2025-{number % 12 + 1:02}-15")
    for _ in range(40):
        subject, target, speaker = three_actors(chance)
        verb = chance.choice(VERBS)
        made.say(
            subject,
            f"{verb}ed",
            verb,
            target if chance.random() < 0.7 else f"the {verb} of {chance.randrange(999)} people",
            speaker=speaker if chance.random() < 0.4 else None,
            modality=chance.choice(["asserted", "asserted", "obligated"]),
            polarity=chance.choice(["affirmed", "affirmed", "negated"]),
            when=("in May", "2025-05") if chance.random() < 0.3 else None,
        )
    return made
