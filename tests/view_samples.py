"""Claim rows for tests and measurements of the views: a small story, and generated graphs of any size."""

import random
from collections.abc import Iterator

from kg.views.graph import ActorRow, ClaimRow, DocumentRow, EventRow, Part

SENTENCE = "For months, President Trump insisted that Xi needed to call him directly."
DENIAL = "Beijing denied that Xi had called Trump."

DOCUMENTS = (
    DocumentRow("a1", "A call that did not come", "Example Times", "https://example.org/a1", "2025-06-06"),
    DocumentRow("a2", "Beijing: no call", "Sample Post", "javascript:alert(1)", None),
)
ACTORS = (
    ActorRow("donald-trump", "Donald Trump", "person", "USA", "GOV", ("Trump", "Mr Trump")),
    ActorRow("xi-jinping", "Xi Jinping", "person", "CHN", "GOV", ("Xi", "习近平")),
    ActorRow("china", "China", "country", "CHN"),
)


def part(sentence: str, words: str, actor: str | None = None, role: str | None = None) -> Part:
    """The words where they first stand in the sentence."""
    start = sentence.index(words)
    return Part(words, start, start + len(words), actor, role)


def story() -> list[ClaimRow]:
    """Trump insists that Xi call; he says Xi called; Beijing denies it: four claims, two contradicting."""
    trump, beijing = part(SENTENCE, "President Trump", "donald-trump"), part(DENIAL, "Beijing", "china")
    told = "Trump said Xi called him."
    return [
        ClaimRow(
            "c1", "a1", SENTENCE, part(SENTENCE, "insisted"), "insist", trump,
            part(SENTENCE, "Xi needed to call him directly"), nested="c2", confidence=0.93,
            event=EventRow("DEMAND", 3, "meet", "106"),
        ),
        ClaimRow(
            "c2", "a1", SENTENCE, part(SENTENCE, "call"), "call", part(SENTENCE, "Xi", "xi-jinping"),
            part(SENTENCE, "him", "donald-trump"), speaker=trump, cue="insist", nested_in="c1",
            modality="obligated", factuality="unknown", tense="present", confidence=0.88,
        ),
        ClaimRow(
            "c3", "a1", told, part(told, "called"), "call", part(told, "Xi", "xi-jinping"),
            part(told, "him", "donald-trump"), speaker=part(told, "Trump", "donald-trump"), cue="say",
            event=EventRow("CONSULT", 1, "phone", "041"),
        ),
        ClaimRow(
            "c4", "a2", DENIAL, part(DENIAL, "called"), "call", part(DENIAL, "Xi", "xi-jinping"),
            part(DENIAL, "Trump", "donald-trump"), speaker=beijing, cue="deny", polarity="negated",
            event=EventRow("CONSULT", 1, "phone", "041"),
        ),
    ]  # fmt: skip


_NAMES = """Ada Obi|Berel|Cordova|Dunmark|Elias Roth|Free Harbour League|Gorin|Halland Bank|Ines Vaz|Jorvik
Kestria|Lukas Brandt|Mirova|Northern Union|Ostrava Steel|Petra Lind|Quill Institute|Ravenna|Samir Haddad
Tolvania|Ulm Group|Vera Koss|Westmark|Yara Selim""".replace("\n", "|").split("|")
_TYPES = ("person", "country", "organization", "country", "person", "organization", "group")
_DEEDS = (
    ("met", "meet", "CONSULT", 1),
    ("praised", "praise", "SUPPORT", 1),
    ("signed a deal with", "sign deal with", "AGREE", 1),
    ("sent aid to", "send aid to", "AID", 2),
    ("urged", "urge", "REQUEST", 3),
    ("accused", "accuse", "ACCUSE", 3),
    ("threatened", "threaten", "THREATEN", 3),
    ("sanctioned", "sanction", "SANCTION", 4),
    ("attacked", "attack", "ASSAULT", 4),
    ("watched", "watch", None, 0),
)
_FRAMES = (
    "after earlier contacts over the northern strait had failed to bring an agreement, according to report",
    "as talks on grain, gas and prisoners went on behind closed doors, officials said in statement",
    "hours before ministers were due to meet, a spokesman told reporters at briefing",
)
_MODALITIES = ("asserted",) * 7 + ("intended", "obligated", "possible")


def generated(
    actors: int, ties: int, claims: int, seed: int = 1
) -> tuple[list[ClaimRow], list[DocumentRow], list[ActorRow], list[tuple[str, str]]]:
    """Rows with that many actors, ordered pairs and claims, in communities around hubs, as news has them;
    and which of them contradict each other."""
    dice = random.Random(seed)
    people = [_actor(i, dice) for i in range(actors)]
    documents = [
        DocumentRow(f"d{i}", f"Report {i} from the region", f"Gazette {i % 12}", f"https://example.org/{i}",
                    None if i % 25 == 24 else f"2025-{1 + i % 12:02}-{1 + i % 28:02}")
        for i in range(max(1, claims // 12))
    ]  # fmt: skip
    pairs = sorted(_pairs(actors, ties, dice))
    chosen = pairs + [dice.choice(pairs) for _ in range(claims - len(pairs))]
    rows = [_row(i, *pair, people, documents, dice) for i, pair in enumerate(chosen[:claims])]
    return rows, documents, people, against(rows)


def against(rows: list[ClaimRow]) -> list[tuple[str, str]]:
    """Claims that contradict each other, as the query finds plain ones: that it is so, that it is not."""

    def deeds(polarity: str) -> Iterator[tuple[object, str]]:
        for row in rows:
            if row.polarity == polarity and row.modality == "asserted" and row.subject and row.object:
                yield (row.subject.actor, row.lemma, row.object.actor), row.id

    denied = list(deeds("negated"))
    return [(yes, no) for deed, yes in deeds("affirmed") for other, no in denied if deed == other]


def _actor(i: int, dice: random.Random) -> ActorRow:
    label = _NAMES[i % len(_NAMES)] + ("" if i < len(_NAMES) else f" {i // len(_NAMES) + 1}")
    return ActorRow(f"actor-{i}", label, dice.choice(_TYPES), dice.choice(("USA", "CHN", "FRA", None)))


def _pairs(actors: int, ties: int, dice: random.Random) -> set[tuple[int, int]]:
    weights = [1 / (i + 1) ** 0.8 for i in range(actors)]
    homes = [dice.randrange(max(3, actors // 60)) for _ in range(actors)]
    members: dict[int, list[int]] = {}
    for i, home in enumerate(homes):
        members.setdefault(home, []).append(i)
    found: set[tuple[int, int]] = set()
    while len(found) < min(ties, actors * (actors - 1)):
        a = dice.choices(range(actors), weights)[0]
        b = (
            dice.choice(members[homes[a]])
            if dice.random() < 0.75
            else dice.choices(range(actors), weights)[0]
        )
        if a != b:
            found.add((a, b))
    return found


def _row(
    i: int, a: int, b: int, people: list[ActorRow], documents: list[DocumentRow], dice: random.Random
) -> ClaimRow:
    words, lemma, event, quad = dice.choice(_DEEDS)
    speaker = dice.choice(people) if dice.random() < 0.35 else None
    start, frame = len(people[a].label) + 1, _FRAMES[i % len(_FRAMES)]
    sentence = f"{people[a].label} {words} {people[b].label} {frame} {i % 97}."
    end = start + len(words)
    return ClaimRow(
        f"c-{i:016x}",
        dice.choice(documents).id,
        sentence,
        Part(words, start, end),
        lemma,
        Part(people[a].label, 0, start - 1, people[a].id),
        Part(people[b].label, end + 1, end + 1 + len(people[b].label), people[b].id),
        speaker=Part(speaker.label, actor=speaker.id) if speaker else None,
        cue=dice.choice(("say", "claim", "insist")) if speaker else None,
        polarity="negated" if dice.random() < 0.06 else "affirmed",
        modality=dice.choice(_MODALITIES),
        when=f"2025-{1 + i % 12:02}-{1 + i % 27:02}" if dice.random() < 0.3 else None,
        confidence=round(dice.uniform(0.4, 1), 2),
        event=EventRow(event, quad) if event else None,
    )
