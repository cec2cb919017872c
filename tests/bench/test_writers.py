"""The bench of many writers, in short."""

import sys

import pytest

from bench.writers import SHORT, is_whole, reports_of

pytestmark = pytest.mark.slow


@pytest.mark.timeout(300)
@pytest.mark.skipif(sys.platform == "win32", reason="the user's folders follow no XDG there")
def test_what_many_processes_wrote_at_one_instant_is_kept() -> None:
    """All that was acknowledged is there, nothing was refused, and every file can be read."""
    reports = list(reports_of([*SHORT.items()]))
    assert len(reports) == 7
    assert [one for one in reports if not is_whole(one)] == []
