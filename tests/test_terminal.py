"""The bar that says how long something takes: after two seconds, and before the first is done."""

from __future__ import annotations

import io
import time

import pytest
from rich.console import Console

from kg import terminal


def shown_after(seconds: float, is_terminal: bool, monkeypatch: pytest.MonkeyPatch) -> str:
    """What a person sees of two articles, of which the first takes so long."""
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "_err", Console(file=screen, force_terminal=is_terminal, width=60))
    monkeypatch.setattr(terminal, "PATIENCE", 0.1)
    with terminal.progress("articles", lambda: 2) as advance:
        time.sleep(seconds)
        before = screen.getvalue()
        advance()
        advance()
    return before


def test_a_bar_comes_before_the_first_article_is_done(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "0/2" in shown_after(0.6, True, monkeypatch)


def test_what_is_done_at_once_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_after(0, True, monkeypatch) == ""


def test_a_file_has_no_bar(monkeypatch: pytest.MonkeyPatch) -> None:
    assert shown_after(0.6, False, monkeypatch) == ""
