"""Draws docs/data-model.svg: what kg makes of the first sentence of a sample article, as boxes and arrows.

python docs/data_model.py
"""

from dataclasses import dataclass
from html import escape
from pathlib import Path

TARGET = Path(__file__).with_name("data-model.svg")
SIZE = (1040, 600)
LINE = 19  # from one line of text to the next
STYLE = """
  .paper { fill: #ffffff }
  .arrow { fill: none; stroke: #4a5163; stroke-width: 1.4 }
  .box { fill: #f3f4f8; stroke: #c9cdd8 }
  .claim { fill: #e7edfb; stroke: #8fa8e0 }
  .event { fill: #fdeee2; stroke: #e0a878 }
  .actor { fill: #e4f3ef; stroke: #7fbfae }
  text { font: 13px system-ui, 'DejaVu Sans', sans-serif; fill: #1c2130 }
  .kind { font-weight: 600 }
  .label { font-style: italic; fill: #4a5163; paint-order: stroke; stroke: #ffffff; stroke-width: 5px }
"""


@dataclass(frozen=True)
class Box:
    """A kind of thing with its example: where it stands, its style, its lines."""

    x: int
    y: int
    width: int
    style: str
    kind: str
    lines: tuple[str, ...]

    @property
    def height(self) -> int:
        """What its lines need."""
        return 40 + LINE * len(self.lines)


@dataclass(frozen=True)
class Arrow:
    """A property from one box to another: the corners of its line, its name and where that stands."""

    points: tuple[tuple[int, int], ...]
    label: str
    at: tuple[int, int]


BOXES = (
    Box(
        30,
        40,
        240,
        "box",
        "Document",
        ("trade-war.txt, with its text", "title, publisher", "published 2025-05-02"),
    ),
    Box(
        30,
        230,
        240,
        "box",
        "Sentence",
        ("“Donald Trump still insists that", "Xi Jinping must call first.”", "characters 0 to 59"),
    ),
    Box(
        370,
        40,
        260,
        "claim",
        "Claim",
        ("says who: the article", "affirmed · asserted · certain", "confidence 0.95"),
    ),
    Box(
        370,
        230,
        260,
        "claim",
        "Claim",
        ("says who: Donald Trump (“insist”)", "affirmed · obligated · unknown", "confidence 0.76"),
    ),
    Box(
        740,
        40,
        270,
        "box",
        "Statement",
        ("subject: Donald Trump", "relation: insist", "object: the statement below"),
    ),
    Box(
        740,
        230,
        270,
        "box",
        "Statement",
        ("subject: Xi Jinping", "relation: call", "argument: first (manner)"),
    ),
    Box(
        370,
        440,
        260,
        "actor",
        "Actor",
        (
            "Donald Trump, Xi Jinping",
            "person, USA / CHN, government",
            "offices with their dates",
            "reason for each link",
        ),
    ),
    Box(
        740,
        440,
        270,
        "event",
        "Event",
        (
            "REQUEST (PLOVER), 100 (CAMEO)",
            "actor Trump, recipient Xi",
            "realis: happened",
            "2025-05-02, day, from publication",
        ),
    ),
)

ARROWS = (
    Arrow(((150, 230), (150, 137)), "part of", (128, 188)),
    Arrow(((370, 265), (270, 265)), "in sentence", (285, 256)),
    Arrow(((370, 110), (320, 110), (320, 240), (270, 240)), "", (0, 0)),
    Arrow(((500, 230), (500, 137)), "nested in", (470, 188)),
    Arrow(((630, 88), (740, 88)), "states", (665, 80)),
    Arrow(((630, 278), (740, 278)), "states", (665, 270)),
    Arrow(((875, 137), (875, 230)), "object", (856, 188)),
    Arrow(((440, 327), (440, 440)), "source", (418, 388)),
    Arrow(((790, 327), (790, 380), (580, 380), (580, 440)), "subject", (665, 372)),
    Arrow(((740, 490), (630, 490)), "actor, recipient", (638, 482)),
    Arrow(((1010, 490), (1028, 490), (1028, 88), (1010, 88)), "codes", (986, 388)),
)


def box(it: Box) -> str:
    """A box with its kind in bold above its lines."""
    lines = [f'<text class="kind" x="{it.x + 14}" y="{it.y + 24}">{escape(it.kind)}</text>']
    for number, line in enumerate(it.lines, 1):
        lines.append(f'<text x="{it.x + 14}" y="{it.y + 26 + LINE * number}">{escape(line)}</text>')
    size = f'width="{it.width}" height="{it.height}"'
    return "\n".join([f'<rect class="{it.style}" x="{it.x}" y="{it.y}" {size} rx="8"/>', *lines])


def line(it: Arrow) -> str:
    """The line of an arrow, without its name."""
    corners = " ".join(f"{x},{y}" for x, y in it.points)
    return f'<polyline class="arrow" points="{corners}" marker-end="url(#tip)"/>'


def label(it: Arrow) -> str:
    """The name of an arrow."""
    return f'<text class="label" x="{it.at[0]}" y="{it.at[1]}">{escape(it.label)}</text>' if it.label else ""


def svg() -> str:
    """The whole picture."""
    width, height = SIZE
    marker = 'id="tip" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto"'
    tip = f'<marker {marker}><path d="M0 0 L8 4 L0 8 z" fill="#4a5163"/></marker>'
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img">',
        "<title>The data model of kg, with an example</title>",
        f"<style>{STYLE}</style>",
        f"<defs>{tip}</defs>",
        f'<rect class="paper" width="{width}" height="{height}"/>',
        *map(line, ARROWS),
        *map(box, BOXES),
        *filter(None, map(label, ARROWS)),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


if __name__ == "__main__":
    TARGET.write_text(svg(), encoding="utf-8")
