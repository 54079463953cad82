"""Whether what a clause tells is so: its polarity, modality and certainty, as its sentence shows them."""

import pytest

from kg import pipeline
from kg.model import Claim, Document

# A sentence, the lemma of one of its verbs, and how the statement of that verb is to be taken.
CASES = [
    ("The navy can't reach the island.", "reach", "negated asserted certain"),
    ("The army could not hold the bridge.", "hold", "negated asserted certain"),
    ("The strike may not spread to the mines.", "spread", "negated possible possible"),
    ("The unions have yet to approve the loan.", "approve", "negated asserted certain"),
    ("The loan has yet to be approved.", "approve", "negated asserted certain"),
    ("At no time has Tonga recognised the court.", "recognise", "negated asserted certain"),
    ("Never before had the judge freed a general.", "free", "negated asserted certain"),
    ("Never had Tonga expelled an envoy.", "expel", "negated asserted certain"),
    ("Seldom has Tonga criticised the court.", "criticise", "negated asserted certain"),
    ("Few unions approve the loan.", "approve", "negated asserted certain"),
    ("A few unions approve the loan.", "approve", "affirmed asserted certain"),
    ("Hardly anyone saw the ship.", "see", "negated asserted certain"),
    ("Few bakers think that the guards fled.", "flee", "affirmed asserted unknown"),
    ("The paper wrongly wrote that the guards fled.", "flee", "affirmed asserted unknown"),
    ("The guards are to go within a year.", "go", "affirmed intended unknown"),
    ("Mere Tora is to attend the funeral.", "attend", "affirmed intended unknown"),
    ('"We shall not pay," said Mere Tora.', "pay", "negated intended unknown"),
    ("The court shall publish the list.", "publish", "affirmed obligated unknown"),
    ("Should the talks fail, Tonga will close the port.", "close", "affirmed conditional unknown"),
    ("Who, she asked, will repair the dam?", "repair", "affirmed questioned unknown"),
    ('"Did anybody warn us?" asked a herder.', "warn", "affirmed questioned unknown"),
    ("He asked why Tonga should pay for the dam.", "pay", "affirmed questioned unknown"),
    ("The lawyer advised that the ship had been sold.", "sell", "affirmed asserted certain"),
    ('"We have no trouble here," pleaded a clerk.', "have", "negated asserted certain"),
    ("The crowd ran as if the bridge had burned.", "burn", "affirmed conditional unknown"),
    ("Officials would not comment on the charge.", "comment", "negated asserted certain"),
    ("The mayor would not say why.", "say", "negated asserted certain"),
    ("A strike would not end the war.", "end", "negated conditional unknown"),
    ("Tonga has neither confirmed nor denied the raid.", "deny", "negated asserted certain"),
    ("The firm will neither sell nor close the mine.", "close", "negated expected unknown"),
    (
        "Unless the rebels leave and the army pulls back, talks will end.",
        "pull",
        "affirmed conditional unknown",
    ),
    ("The rumour that the king fled is false.", "flee", "negated asserted unknown"),
    ("The claim that the guards fled is baseless.", "flee", "negated asserted unknown"),
    ("It is a myth that Tonga sold the ships.", "sell", "negated asserted unknown"),
    ("It is a hoax that the guards fled.", "flee", "negated asserted unknown"),
    ("That the guards fled is a lie.", "flee", "negated asserted unknown"),
    ("The law takes effect after ten states have ratified it.", "ratify", "affirmed asserted unknown"),
    ("The court closed after ten states had ratified the law.", "ratify", "affirmed asserted certain"),
    ('"Open the gates," the crowd chanted.', "open", "affirmed requested unknown"),
    ('"Do not cross the river!" the general shouted.', "cross", "negated requested unknown"),
    ("Tonga hopes Fiji sent the boats.", "send", "affirmed asserted unknown"),
    ("The owners fear that the ferry has sunk.", "sink", "affirmed asserted unknown"),
    ("The owners fear that the ferry will sink.", "sink", "affirmed expected unknown"),
    ("There were reports of herders being beaten by guards.", "beat", "affirmed asserted unknown"),
    ("Reports of guards burning huts reached Suva.", "burn", "affirmed asserted unknown"),
    ("The report of the guards held in Suva was read.", "hold", "affirmed asserted certain"),
    ("The mayor is not only a banker but also a priest.", "be", "affirmed asserted certain"),
    ("The owner would not hear of a sale.", "hear", "negated asserted certain"),
    ("The herders left less than a day after the banks had closed.", "close", "affirmed asserted certain"),
    ("It was the first vote since the king had fled.", "flee", "affirmed asserted certain"),
    ("Tonga bought a ship; with whose money was it paid?", "buy", "affirmed asserted certain"),
    ("Is the dam safe; will it hold?", "be", "affirmed questioned unknown"),
    ("The charge is to be dropped, and the founder moves to Suva.", "move", "affirmed asserted certain"),
    ("A storm, they warn, could strike at any time.", "strike", "affirmed possible unknown"),
    ("The owners hope that the mill may reopen.", "reopen", "affirmed possible unknown"),
    ("He warned that those who lock others out lock themselves in.", "lock", "affirmed asserted certain"),
    ("The court insisted that the mayor resign.", "resign", "affirmed requested unknown"),
    ("Tonga believes that its guests mean to stay.", "mean", "affirmed asserted probable"),
    ("The guards robbed or whipped two herders.", "whip", "affirmed possible possible"),
    ("The navy or its allies sank the ferry.", "sink", "affirmed possible possible"),
    ("The law bans strikes or marches.", "ban", "affirmed asserted certain"),
    ("Two or three guards fled.", "flee", "affirmed asserted certain"),
    ("Tonga never threatened to close the port.", "close", "negated intended unknown"),
    ("Tonga has not denied that it sold the ships.", "sell", "affirmed asserted unknown"),
    ("By the time the herders return, the wells will be dry.", "return", "affirmed asserted unknown"),
    ("Tonga insists that the guards leave Suva.", "leave", "affirmed requested unknown"),
    ("Tonga insists that the guards have left Suva.", "leave", "affirmed asserted certain"),
    ("The herders were not allowed to cross the river.", "cross", "negated asserted certain"),
    ("The herders may not be allowed to cross the river.", "cross", "negated possible unknown"),
    ("The court barred the tycoon from leaving the country.", "leave", "negated asserted certain"),
    ("The king sought a truce, which was signed on Monday.", "sign", "affirmed asserted certain"),
    ("Tonga will pay as long as Fiji pays.", "pay", "affirmed expected unknown"),
    ("The king ordered the army's withdrawal from Suva.", "withdrawal", "affirmed asserted unknown"),
    ("Fiji said it would free the crew, which it had held since May.", "hold", "affirmed asserted probable"),
]


def reading_of(claims: list[Claim], lemma: str) -> str:
    """How the claim with a verb is taken."""
    claim = next(c for c in claims if c.statement.relation.lemma.split()[0] == lemma)
    return f"{claim.polarity} {claim.modality} {claim.factuality}"


@pytest.mark.parametrize(("text", "lemma", "wanted"), CASES, ids=[text for text, _, _ in CASES])
def test_how_a_statement_is_taken(text: str, lemma: str, wanted: str) -> None:
    assert reading_of(pipeline.extract(Document("text", text)), lemma) == wanted


# A text, the lemma of one of its verbs, and the subject and object of that verb's statement.
PARTS = [
    ("The envoy condemned what he called a trap.", "condemn", "The envoy", "what he called a trap"),
    ("Whoever holds the port taxes the ships.", "tax", "Whoever holds the port", "the ships"),
    ("The group accuses the UN of shielding Mere Tora.", "accuse", "The group", "the UN"),
    ("The group accuses the UN of shielding Mere Tora.", "shield", "the UN", "Mere Tora"),
    ("The embassy warned tourists against visiting the coast.", "visit", "tourists", "the coast"),
    ("What Fiji wants is a loan.", "want", "Fiji", "a loan"),
    ("What worries Fiji is the debt.", "worry", "the debt", "Fiji"),
    ("Fiji pleaded for the banks to lend the money.", "lend", "the banks", "the money"),
    ("Forty herders left for Tonga to guard the port.", "guard", "Forty herders", "the port"),
    ("Fiji bought Vila, the king's last ship, in May.", "buy", "Fiji", "Vila"),
    ("Fiji's king reviewed a peace-keeping force.", "review", "Fiji's king", "a peace-keeping force"),
    ('Fiji said the mill "will not close" this year.', "say", "Fiji", 'the mill "will not close" this year'),
    ("The herders were told by Fiji that the dam was safe.", "tell", "Fiji", "the dam was safe"),
    ("The owner turned the herders away.", "turn", "The owner", "the herders"),
    ("Two herders were among the dead.", "be among", "Two herders", "the dead"),
    ("The Council,\n\nRecalling its duty,\n\nCondemns the raid;", "condemn", "The Council", "the raid"),
    ("The Council:\n1. Condemns the raid;\n2. Decides to ban the flag.", "ban", "The Council", "the flag"),
]

# A text, the lemma of one of its verbs, and a further argument of that verb's statement with its preposition.
FURTHER = [
    ("Fiji accused the king of having burned the mill.", "accuse", "of having burned the mill"),
    ("The herders were told by Fiji that the dam was safe.", "tell", "The herders"),
    ("The owner turned the herders away.", "turn", "away"),
    ("The guards let the herders in.", "let", "in"),
    ("The king spoke by phone with Jo Low.", "speak", "by phone"),
]

# Sentences, and the lemmas of verbs that tell nothing of anybody in them.
UNTOLD = [
    ("As it is, the mill feeds forty herders.", {"be"}),
    ("Tonga, to be sure, has bought a ship.", {"be sure", "be"}),
    ("As is well known, the lake has dried up.", {"know"}),
    ("What the guards feared was a mutiny.", {"fear"}),
    ("The court opened nine cases of vote-buying.", {"buy"}),
]


@pytest.mark.parametrize(("text", "lemma", "subject", "target"), PARTS)
def test_who_does_what(text: str, lemma: str, subject: str, target: str) -> None:
    claims = pipeline.extract(Document("text", text))
    statement = next(c.statement for c in claims if c.statement.relation.lemma == lemma)
    assert statement.subject is not None
    assert statement.object is not None
    assert (statement.subject.text, statement.object.text) == (subject, target)


@pytest.mark.parametrize(("text", "lemma", "words"), FURTHER)
def test_what_is_done_to_whom_with_what(text: str, lemma: str, words: str) -> None:
    claims = pipeline.extract(Document("text", text))
    found = next(c.statement for c in claims if c.statement.relation.lemma.startswith(lemma))
    assert words in [f"{a.preposition or ''} {a.text}".strip() for a in found.arguments]


def test_a_participle_behind_a_noun_is_passive() -> None:
    claims = pipeline.extract(Document("text", "The truce signed in May collapsed."))
    assert {c.statement.relation.lemma: c.statement.relation.voice for c in claims}["sign"] == "passive"


@pytest.mark.parametrize(("text", "verbs"), UNTOLD)
def test_what_is_no_statement(text: str, verbs: set[str]) -> None:
    claims = pipeline.extract(Document("text", text))
    assert claims
    assert verbs.isdisjoint(c.statement.relation.lemma for c in claims)


# A sentence, the verb, and of each member of a list whether it is so.
CONTRASTS = [
    ("The army, not the police, fired on the crowd.", {"The army": True, "the police": False}),
    ("Tonga but not Fiji backed the text.", {"Tonga": True, "Fiji": False}),
    ("Not Tonga but Fiji backed the text.", {"Tonga": False, "Fiji": True}),
    ("Not only Chad but also Niger backed the text.", {"Chad": True, "Niger": True}),
    ("Tonga, rather than Fiji, closed the port.", {"Tonga": True, "Fiji": False}),
    ("The navy shelled not the port but the barracks.", {"the port": False, "the barracks": True}),
    ("The union blamed the owner and not the herders.", {"the owner": True, "the herders": False}),
    ("The bank is a lender, not a charity.", {"a lender": True, "a charity": False}),
    ("The bridges were not passable, and the port was shut.", {"The bridges": False, "the port": True}),
]


@pytest.mark.parametrize(("text", "wanted"), CONTRASTS, ids=[text for text, _ in CONTRASTS])
def test_what_a_list_excludes(text: str, wanted: dict[str, bool]) -> None:
    found: dict[str, bool] = {}
    for claim in pipeline.extract(Document("text", text)):
        parts = (claim.statement.subject, claim.statement.object)
        found.update({p.text: claim.polarity == "affirmed" for p in parts if p is not None})
    assert {words: found[words] for words in wanted} == wanted
