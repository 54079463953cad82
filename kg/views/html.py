"""A self-contained HTML file: styles, scripts and data inside, nothing loaded, nothing else run.

The content security policy allows the hashes of what was put in and forbids the rest, so that a
sentence which found its way into the markup could still do nothing.
"""

import base64
import hashlib
import html
import json
import re
from collections.abc import Mapping, Sequence
from typing import Any

_UNSAFE = tuple((c, f"\\u{ord(c):04x}") for c in "<>&\u2028\u2029")

_SURROGATE = re.compile("[\ud800-\udfff]")


def document(
    *,
    title: str,
    body: str,
    style: str,
    scripts: Sequence[str],
    data: Mapping[str, Any],
    language: str = "en",
) -> str:
    """The file's text. `body` is markup of ours; `title` and `data` may hold anything.

    Each item of `data` becomes a `<script type="application/json">` with that id; scripts run in order,
    the last of them as a module.
    """
    blocks = "\n".join(
        f'<script type="application/json" id="{html.escape(name)}">{json_text(value)}</script>'
        for name, value in data.items()
    )
    code = [_script(text, module=text is scripts[-1]) for text in scripts]
    return (
        f'<!doctype html>\n<html lang="{html.escape(language)}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="generator" content="kg">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{_policy(style, scripts)}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        '<meta name="color-scheme" content="light dark">\n<meta name="referrer" content="no-referrer">\n'
        f"<title>{escape(title)}</title>\n<style>{style}</style>\n</head>\n<body>\n"
        f"{body}\n{blocks}\n" + "\n".join(code) + "\n</body>\n</html>\n"
    )


def json_text(value: Any) -> str:
    """JSON that can stand in an HTML script element; lone surrogates become the replacement character.

    >>> json_text("</script>")
    '"\\\\u003c/script\\\\u003e"'
    """
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    text = _whole(text)
    for sign, escaped in _UNSAFE:
        text = text.replace(sign, escaped)
    return text


def escape(text: str) -> str:
    """Text as it may stand in markup and in quoted attributes."""
    return html.escape(_whole(text), quote=True)


def _whole(text: str) -> str:
    return _SURROGATE.sub("\ufffd", text)


def _script(text: str, *, module: bool) -> str:
    kind = ' type="module"' if module else ""
    return f"<script{kind}>{text}</script>"


def _policy(style: str, scripts: Sequence[str]) -> str:
    allowed = " ".join(_hash(s) for s in scripts) or "'none'"
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_hash(style)}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"
