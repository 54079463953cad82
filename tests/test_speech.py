"""Who speaks where: quotations over sentences and paragraphs, and turns, read by the language model."""

import pytest

from kg import pipeline
from kg.model import Claim, Document

# A text, and for words of statements in it whose they are: None the article's, "?" somebody's not named.
CASES: list[tuple[str, dict[str, str | None]]] = [
    (
        '"The wells are dry," said Mere Tora. "Nobody helped us. The goats died."',
        {"wells": "Tora", "Nobody": "Tora", "goats": "Tora"},
    ),
    (
        "“Tonga cut our cables. It jammed our radio,” a Fijian colonel said.",
        {"Tonga": "colonel", "It": "colonel"},
    ),
    (
        '"The wells are dry," said Mere Tora.\n\n"The goats died.\n\n"The herders left."\n\n'
        "The province slept.",
        {"wells": "Tora", "goats": "Tora", "herders": "Tora", "province": None},
    ),
    (
        "The bishop was angry: “Soldiers burned two chapels. The mayor watched.”",
        {"Soldiers": "bishop", "mayor": "bishop", "bishop": None},
    ),
    ('"Fiji sold the licence." — Jo Low, former minister', {"Fiji": "Low"}),
    ("The port cheered last week's news that Fiji freed the crew.", {"Fiji": None}),  # not the week's
    ("The port cheered Friday's news that Fiji freed the crew.", {"Fiji": None}),
    ("The port cheered Jo Low's news that Fiji freed the crew.", {"Fiji": "Low"}),
    (
        'Jo Low turned to the court. "The ship sank. Its crew drowned."',
        {"ship": "Low", "crew": "Low", "Low": None},
    ),
    ('The leaflet was short. "Tonga poisoned the wells."', {"Tonga": "?", "leaflet": None}),
    (
        "HOST: Who shut the port?\n\nMS. TORA: The army shut it. Fiji paid nothing.\n\nHOST: Thank you.",
        {"army": "TORA", "Fiji": "TORA"},
    ),
    ('"The wells are dry," grunted a herder. "The goats died."', {"wells": "herder", "goats": "herder"}),
    ("The ferry, a pilot sniffed, was overloaded.", {"ferry": "pilot"}),
    ("The council grumbled that the ferry was late.", {"ferry": "council"}),
    ("The mayor was persuaded that the dam was safe.", {"dam": "mayor"}),
    ("The mayor let it be known that the dam was safe.", {"dam": "mayor"}),
    ("The spies knew that the dam was weak.", {"dam": "spies"}),
    (
        "Jets bombed Suva on Monday. The raid killed nine, according to the army; a nurse counted twelve.",
        {"Jets": None, "raid": "army", "nurse": None},
    ),
    ("The ferry, in Mere Tora's opinion, was sound.", {"ferry": "Tora"}),
    ("The militia burned the mill, by the account of two herders.", {"militia": "herders"}),
    ("The ferry is sound, per the mayor.", {"ferry": "mayor"}),
    (
        "The ferry sank, and the mayor fled, according to two herders.",
        {"ferry": "herders", "mayor": "herders"},
    ),
    ("SUVA — The ferry sank on Monday.", {"ferry": None}),
    ("The cargo was handled gently, as the owner had demanded.", {"cargo": None}),
    ("The pact, per two officials who saw it, runs for five years.", {"pact": "officials"}),
    ("SUVA — Herders were led to the port.", {"Herders": None}),
    ('"I think that the dam is lost," the envoy said.', {"dam": "envoy"}),
    ('"We fear that the herders fled," Mere Tora said.', {"herders": "Tora"}),
    ("I believe that the dam will hold.", {"dam": "I"}),
    ("We demand that Tonga reopen the port.", {"Tonga": "We"}),
    ("The mill reopened; engineers agreed on a plan.", {"mill": None}),
    ("The ferry is late; it sank, the mayor said, in a storm.", {"ferry": None, "it": "mayor"}),
    ('"It is the best dam," said a critic in Suva, where rivals closed theirs.', {"rivals": None}),
    ('"The mill is lost," said a trader in Suva, where guards burned the market.', {"guards": None}),
    ("The baker, Jo Low, said the mill was idle.", {"mill": "Jo Low"}),
    ("Her lawyer, Jo Low, denied that the herders had fled.", {"herders": "Jo Low"}),
    ("«Fiji left the bloc,» the envoy said. Tonga stayed.", {"Fiji": "envoy", "Tonga": None}),
    ("The herders were told by Jo Low that the dam was safe.", {"dam": "Low"}),
    ("The herders were assured that the dam was safe.", {"dam": None}),
    ("The mill burned, a nurse said, hours after the king signed a truce.", {"mill": "nurse", "king": None}),
    ("The mill burned and the king fled, a nurse said.", {"mill": "nurse", "king": "nurse"}),
    ("Fiji said it would free the crew, whom Tonga had held.", {"it": "Fiji", "Tonga": None}),
    ('"We will free the crew, whom Tonga had held," Jo Low said.', {"Tonga": "Low"}),
    ("Mere Tora's office said that the mill was idle.", {"mill": "office"}),
    ("Mere Tora confirmed in a letter that the mill was idle.", {"mill": "Tora"}),
    ('Fiji\'s finance minister put it bluntly. "The lenders fled." He left.', {"lenders": "minister"}),
]  # fmt: skip


def source_of(claims: list[Claim], word: str) -> str | None:
    """Whose the claim about a word is: the speaker's words, None for the article, "?" for somebody."""
    claim = next(c for c in claims if c.statement.subject and word in c.statement.subject.text)
    if claim.speaker is not None:
        return claim.speaker.text
    return "?" if claim.cue == '"' else None


# What the model is not sure enough of, and where it takes those who hear for those who speak.
OPEN = [
    ('The herders heard a shout. "The well is dry."', {"well": "?"}),
]


@pytest.mark.parametrize(("text", "wanted"), CASES, ids=[text[:30] for text, _ in CASES])
def test_whose_words_a_statement_is(text: str, wanted: dict[str, str | None]) -> None:
    claims = pipeline.extract(Document("text", text))
    found = {word: source_of(claims, word) for word in wanted}
    for word, speaker in wanted.items():
        assert (speaker in found[word]) if speaker and found[word] else (found[word] == speaker), found


def test_in_a_turn_i_is_its_speaker() -> None:
    text = "Q: Did you sign?\n\nMS. TORA: I signed the treaty. We left Suva."
    [analysis] = pipeline.analyse([Document("text", text)])
    named = {j.mention.text: j.actor.label for j in analysis.mentions.all if j.actor is not None}
    assert named["I"] == named["TORA"]


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("text", "wanted"), OPEN, ids=[text[:30] for text, _ in OPEN])
def test_open(text: str, wanted: dict[str, str | None]) -> None:
    test_whose_words_a_statement_is(text, wanted)


@pytest.mark.parametrize(
    "text", ["Efforts by Tonga and Fiji to sell it failed.", "Tonga and Fiji want to sell it."]
)
def test_each_holder_has_a_plan_of_its_own(text: str) -> None:
    plans = [c for c in pipeline.extract(Document("text", text)) if c.statement.relation.lemma == "sell"]
    assert [(c.speaker, c.statement.subject) for c in plans if c.speaker != c.statement.subject] == []
    assert [c.statement.subject.text for c in plans if c.statement.subject] == ["Tonga", "Fiji"]
