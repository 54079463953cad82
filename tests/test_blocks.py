"""How a text is laid out: paragraphs, items, turns, and lines that only frame an article."""

import pytest

from kg.parsing.blocks import blocks


def parts(text: str) -> list[tuple[str, str]]:
    """Each block's kind and words."""
    return [(b.kind, text[b.start : b.end]) for b in blocks(text)]


def speakers(text: str) -> list[tuple[str | None, str]]:
    """The label of each block's turn, and the block's words; labels left out."""
    found = blocks(text)
    names = {b.start: text[b.start : b.end] for b in found if b.kind == "label"}
    return [(names.get(b.turn), text[b.start : b.end]) for b in found if b.kind != "label"]


WRAPPED = "The envoys of both sides left the\ncapital before noon on Monday. Nobody\nhad expected it."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks stall\n\nThe envoy left.", ["Talks stall", "The envoy left."]),
        (WRAPPED, [WRAPPED]),
        ("Fiji recalls envoy\nTonga shuts port", ["Fiji recalls envoy", "Tonga shuts port"]),
        ("In brief\n* Fiji votes\n* Tonga waits", ["In brief", "Fiji votes", "Tonga waits"]),
        ("1) Fiji votes\n2) Tonga waits", ["Fiji votes", "Tonga waits"]),
        ("(a) arms to Fiji\n(b) aid to Tonga", ["arms to Fiji", "aid to Tonga"]),
        ("- The ship sank\n- Its crew swam", ["The ship sank", "Its crew swam"]),
        ("The ship\nsank off Fiji", ["The ship\nsank off Fiji"]),  # goes on with a small letter
        ("  \n ", ["  \n "]),
    ],
)  # fmt: skip
def test_lines_and_items(text: str, found: list[str]) -> None:
    assert [words for _, words in parts(text)] == found


def test_code_in_markdown_is_no_text() -> None:
    text = "Fiji votes.\n\n```python\nprint('Fiji attacked')\n\nx = 1\n```\n\nTonga waits."
    assert parts(text) == [("paragraph", "Fiji votes."), ("paragraph", "Tonga waits.")]


@pytest.mark.parametrize(
    "line",
    [
        "Read more: Tonga shuts its port",
        "RELATED: Tonga shuts its port",
        "Share this article",
        "© 2024 The Suva Post. All rights reserved.",
        "Reporting by Mere Tora in Suva; editing by Jo Low",
        "By Mere Tora and Jo Low",
        "Photo: boats off Suva",
        "This story has been updated to add a name.",
        "You receive this because you subscribed. Unsubscribe: https://suva.example/u",
        "To read the full story, subscribe now.",
        "We and our 842 partners store and access information on your device.",
        "This website uses cookies to remember you.",
    ],
)
def test_lines_that_frame_an_article(line: str) -> None:
    assert parts(f"Fiji votes today.\n\n{line}") == [("paragraph", "Fiji votes today."), ("furniture", line)]


@pytest.mark.parametrize(
    "line",
    [
        "By noon the port was shut.",
        "Watch out for ice, the coast guard said on Monday.",
        "Print media in Tonga were shut on Monday.",
        "Related talks in Tonga stall",
        "Terms offered to Tonga",
        "Share prices fall in Suva",
        "Contact with the ship was lost",
        "Sponsored rebels cross into Fiji",
        "We and our partners will defend Fiji.",
    ],
)
def test_text_that_begins_like_them(line: str) -> None:
    assert parts(line) == [("paragraph", line)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "HOST: Who fired?\n\nMS. TORA: The army did. It fled.\n\nNobody stayed.\n\nHOST: Thank you.",
            [
                ("HOST", "Who fired?"),
                ("MS. TORA", "The army did. It fled."),
                ("MS. TORA", "Nobody stayed."),
                ("HOST", "Thank you."),
            ],
        ),
        ("Q: Will Fiji join?\nA: It will.", [("Q", "Will Fiji join?"), ("A", "It will.")]),
        ("[09:15] Tora: Fiji left.\n[09:16] Low: Did it?", [("Tora", "Fiji left."), ("Low", "Did it?")]),
        ("The PRESIDENT (Ms. Silva): The sitting is open.", [("The PRESIDENT", "The sitting is open.")]),
        ("Trade: cut.\n\nHealth: saved.", [(None, "Trade: cut."), (None, "Health: saved.")]),
        ("SUVA: Who sank the ship?", [(None, "SUVA: Who sank the ship?")]),
        ("The minister said: nobody left.", [(None, "The minister said: nobody left.")]),
    ],
)  # fmt: skip
def test_turns(text: str, found: list[tuple[str | None, str]]) -> None:
    assert speakers(text) == found


@pytest.mark.parametrize(
    "dateline",
    [
        "SUVA —",
        "NUKU'ALOFA, Tonga –",
        "SUVA, March 12 —",
        "PORT MORESBY (Agencies) -",
        "SUVA/APIA, Friday. —",
    ],
)
def test_a_dateline_stands_for_itself(dateline: str) -> None:
    found = parts(f"{dateline} The ferry sank.\n\nIts crew swam.")
    assert found == [
        ("dateline", dateline),
        ("paragraph", "The ferry sank."),
        ("paragraph", "Its crew swam."),
    ]


@pytest.mark.parametrize("clock", ["21:46", "9.15am:", "[14:02 GMT]", "7 pm –", "10:30 a.m."])
def test_the_time_of_an_entry_stands_for_itself(clock: str) -> None:
    found = parts(f"{clock} Ferry sinks\n\nIts crew swam.")
    assert [kind for kind, _ in found] == ["dateline", "paragraph", "paragraph"]
    assert found[1:] == [("paragraph", "Ferry sinks"), ("paragraph", "Its crew swam.")]


@pytest.mark.parametrize(
    "text", ["10:15 ferry sank off Suva.", "2.30 The committee met.", "11 Fijians drowned."]
)
def test_a_number_before_a_sentence_is_no_time_of_an_entry(text: str) -> None:
    assert parts(text) == [("paragraph", text)]


def test_a_name_before_a_dash_is_no_dateline() -> None:
    text = "NATO – which met in Suva – agreed."
    assert parts(text) == [("paragraph", text)]


def test_a_report_that_quotes_an_exchange_goes_on_as_the_writers() -> None:
    lead = "The committee heard the harbour master of Nukualofa for two hours about the cranes. " * 2
    asked = "Ms Tau: Who paid for them?\n\nMr Fono: The port did."
    text = f"{lead}\n\n{lead}\n\n{asked}\n\nThe hearing goes on. {lead}"
    heard = [who for who, _ in speakers(text)]
    assert heard == [None, None, "Ms Tau", "Mr Fono", None]
