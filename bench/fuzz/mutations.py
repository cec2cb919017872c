"""Files made wrong: bytes of a good one changed by chance, the same for the same seed."""

import gzip
import random
import re
from collections.abc import Callable, Sequence

MAX_BYTES = 3_000_000  # of an input; what is larger is made by the few that repeat
TOKENS = (
    *(b"\x00", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\r", b"\x1b[2J", b"\xe2\x80\xae", b"\x85"),
    *(b"nan", b"inf", b"-1", b"1e999", b"0", b"-0.0", b"9" * 5000, b"1e-320", b"0x1p9", b"1_0", b"NaN", b"Infinity"),
    *(b"null", b"true", b"[]", b"{}", b'""', b"~", b"*a", b"&a", b"<<: *a", b"!!python/object:os.system", b"%YAML 9"),
    *(b"[" * 3000, b"{" * 3000, b'{"a":' * 2000, b"- " * 3000, b"<a>" * 2000, b"a." * 3000, b"(" * 500),
    *(b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"<![CDATA[", b"]]>", b'"', b"'", b"\\u0000", b"\\ud800"),
    *(b"9999-12-31T23:59:59Z", b"0001-01-01T00:00:00Z", b"1970-01-01", b"2026-02-30", b"24:00:00", b"+99:99"),
    *(b"{0.__class__}", b"{:>999999999}", b"%s", b"=cmd()", b"../../x", b"a" * 70_000, b"\n" * 5000, b"," * 5000),
)
ODD_NUMBERS = (b"0", b"-1", b"1e308", b"1e999", b"nan", b"4294967295", b"99999999999999999999", b"0.0000001", b"")


def mutated(rng: random.Random, seeds: Sequence[bytes]) -> bytes:
    """A good file with some changes."""
    data = rng.choice(seeds)
    for _ in range(rng.choice((0, 1, 1, 1, 2, 3, 6))):
        data = rng.choice(WAYS)(rng, data, seeds)[:MAX_BYTES]
    return data


def _place(rng: random.Random, data: bytes) -> tuple[int, int]:
    start = rng.randrange(len(data) + 1)
    return start, min(len(data), start + rng.choice((1, 2, 4, 16, 100, 1000)))


def _flipped(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    changed = bytearray(data)
    for _ in range(rng.choice((1, 1, 3, 20)) if data else 0):
        changed[rng.randrange(len(changed))] ^= 1 << rng.randrange(8)
    return bytes(changed)


def _cut(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    start, end = _place(rng, data)
    return data[:start] + data[end:]


def _ended(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    return data[: rng.randrange(len(data) + 1)]


def _repeated(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    start, end = _place(rng, data)
    return data[:start] + data[start:end] * rng.choice((2, 2, 10, 100, 10_000)) + data[end:]


def _with_token(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    start, end = _place(rng, data)
    return data[:start] + rng.choice(TOKENS) + data[rng.choice((start, end)) :]


def _spliced(rng: random.Random, data: bytes, seeds: Sequence[bytes]) -> bytes:
    other = rng.choice(seeds)
    return data[: rng.randrange(len(data) + 1)] + other[rng.randrange(len(other) + 1) :]


def _numbered(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    found = list(re.finditer(rb"\d+(\.\d+)?", data[:100_000]))
    if not found:
        return data
    one = rng.choice(found)
    return data[: one.start()] + rng.choice(ODD_NUMBERS) + data[one.end() :]


def _reordered(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    lines = data.splitlines(keepends=True)
    if len(lines) < 3:
        return data
    one, other = rng.randrange(len(lines)), rng.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]
    return b"".join(lines)


def _recoded(rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    text = data.decode("utf-8", "replace")
    return text.encode(rng.choice(("utf-16", "utf-16-le", "utf-32", "latin-1", "utf-7")), "replace")


def _packed(_rng: random.Random, data: bytes, _seeds: Sequence[bytes]) -> bytes:
    return gzip.compress(data, 1, mtime=0)


WAYS: tuple[Callable[[random.Random, bytes, Sequence[bytes]], bytes], ...] = (
    *(_flipped, _flipped, _cut, _ended, _repeated, _with_token, _with_token, _with_token),
    *(_spliced, _numbered, _numbered, _reordered, _recoded, _packed),
)
