import contextlib
import gzip
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.devices.recordings import read_recording
from cadencecoach.devices.recordings.packed import unpack
from cadencecoach.errors import RecordingError

LIMIT = 10_000


def test_a_packed_run_plays_like_one_that_is_not(tmp_path: Path) -> None:
    """As archives of whole accounts have them: the ending before .gz says which reader, in any case."""
    path = tmp_path / "2026.01.01 run.CSV.GZ"
    path.write_bytes(gzip.compress(b"t_s,cadence_spm\n0,164\n1,166\n"))
    assert [row.raw_per_min for row in read_recording(path).rows] == [164.0, 166.0]


def test_members_one_after_the_other_are_one_file() -> None:
    """So are those with zeros behind them, and one that breaks off is read up to there."""
    whole = gzip.compress(b"a" * 100) + gzip.compress(b"b" * 100)
    assert unpack(whole, LIMIT) == b"a" * 100 + b"b" * 100
    assert unpack(whole + bytes(100), LIMIT) == b"a" * 100 + b"b" * 100
    torn = unpack(gzip.compress(bytes(range(256)))[:-20], LIMIT)
    assert bytes(range(256)).startswith(torn)
    assert len(torn) > 0


def test_a_bomb_is_refused_at_the_limit() -> None:
    """A gigabyte packs into a megabyte; no more than the limit is ever made of it."""
    with pytest.raises(RecordingError, match="more than 10000 bytes in it"):
        unpack(gzip.compress(bytes(10_000_000)), LIMIT)


@given(st.binary(max_size=100) | st.binary(max_size=60).map(lambda inside: gzip.compress(inside)[:-4]))
def test_any_bytes_are_unpacked_or_a_recording_error(data: bytes) -> None:
    """No file gives any other error."""
    with contextlib.suppress(RecordingError):
        assert len(unpack(data, LIMIT)) <= LIMIT
