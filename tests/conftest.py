"""What all tests share: how many examples are tried, which files go first, and a loud word about floors that
did not run."""

from __future__ import annotations

import pytest
from hypothesis import settings

from tests import effort

# No deadline: it would measure how busy the machine is.
settings.register_profile("kg", max_examples=effort.times(1000), deadline=None)
settings.load_profile("kg")


# Files of a minute and more of tests: begun first, so that no process waits for another at the end.
SLOW = ("test_browser", "test_quality", "test_kills", "test_careful_model", "test_workers", "test_cluster",
        "test_fuzz", "test_docs", "test_english_tables")  # fmt: skip


@pytest.hookimpl(tryfirst=True)  # before -m chooses
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The slow files come first; and every property test is a long one: nobody has to remember to mark it."""
    items.sort(key=lambda item: SLOW.index(item.path.stem) if item.path.stem in SLOW else len(SLOW))
    for item in items:
        if getattr(getattr(item, "function", None), "is_hypothesis_test", False):
            item.add_marker(pytest.mark.long)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Names the quality floors that did not run for want of gold data, and says how to give it."""
    missing = [r for r in terminalreporter.stats.get("skipped", []) if "test_quality.py" in r.nodeid]
    if not missing:
        return
    loud = {"yellow": True, "bold": True}
    terminalreporter.section("QUALITY FLOORS THAT DID NOT RUN", **loud)
    for report in missing:
        name = report.nodeid.partition("[")[2].removesuffix("]")
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        terminalreporter.line(f"{name}: {str(reason).removeprefix('Skipped: ')}", **loud)
    terminalreporter.line("Nothing was measured there. KG_CORPORA=FOLDER says where the corpora are.", **loud)
