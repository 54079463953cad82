"""The page's ES modules and styles, joined into one script and one style sheet without a bundler.

Each module stands after those it imports; import lines go, `export` goes, so names are unique across
modules (a test holds that). In a checkout the files are what a browser's debugger shows.
"""

import re
from collections.abc import Iterable
from pathlib import Path

_HERE = Path(__file__).resolve().parent
_IMPORT = re.compile(r"^import .*;\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(async )?(function|class|const|let) )", re.MULTILINE)


def read(name: str) -> str:
    """The text of a file that ships with the views, for instance `page/dom.js`."""
    return (_HERE / name).read_text(encoding="utf-8")


def script(names: Iterable[str]) -> str:
    """The modules of those names as one."""
    return "\n".join(_EXPORT.sub("", _IMPORT.sub("", read(name))) for name in names)


def style(names: Iterable[str]) -> str:
    """The style sheets of those names as one."""
    return "\n".join(read(name) for name in names)
