import random
import tracemalloc
from pathlib import Path

import pytest
from each_row import each_row
from hypothesis import given, settings
from hypothesis import strategies as st

from cadencecoach.errors import PlanError
from cadencecoach.plan.checks.reading import MAX_PLAN_BYTES, PlanFaults, check_plan, load_plan
from cadencecoach.plan.syntax.findings import Severity

SESSIONS = sorted((Path(__file__).parents[3] / "sessions").glob("*.yaml"))
GOOD = "plan: A\nstages:\n  - {name: Läufer, duration: 5 min, target: 170 spm}\n"
LETTERS = "abcdefghi"
LAUGHS = "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("x" + LETTERS, LETTERS, strict=False)
).replace("*x", "lol")


@each_row(
    "raw",
    [
        GOOD.encode(),
        GOOD.encode("utf-8-sig"),
        GOOD.replace("\n", "\r\n").encode(),
        GOOD.replace("\n", "\r").encode(),
        GOOD.replace("170 spm", "170\u00a0spm").encode(),
        GOOD.replace("170 spm", "170\u202fspm").encode(),
        ("---\n" + GOOD + "...\n").encode(),
        ("%YAML 1.2\n---\n" + GOOD).encode(),
        GOOD.replace("170 spm", "'170 spm'").encode(),
    ],
    ids=["plain", "mark", "crlf", "cr", "nbsp", "narrow", "document", "directive", "quoted"],
)
def test_the_same_plan_in_other_bytes_loads(raw: bytes) -> None:
    """Line ends, a byte order mark, hard spaces and document marks change nothing but the fingerprint."""
    plan = load_plan(raw, "plan.yaml")
    assert [stage.name for stage in plan.stages] == ["Läufer"]
    assert plan.duration_s == 300.0


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"a" * (MAX_PLAN_BYTES + 1), "larger than 1000 kB"),
        (GOOD.encode("utf-16"), "UTF-16; save it as UTF-8"),
        (GOOD.encode("utf-32"), "UTF-32; save it as UTF-8"),
        (GOOD.replace("ä", "a").encode("utf-16-le"), "a NUL byte"),
        (GOOD.encode("latin-1"), "byte 0xe4 is not UTF-8"),
        (b"\xff" * 900_000, "byte 0xff is not UTF-8"),
        (LAUGHS.encode(), "'&' at the start"),
        (b"!!python/object/apply:os.system ['true']", "has no place in a plan"),
        pytest.param(b"[" * 900_000, "nested more than", marks=pytest.mark.slow),
        (b"{a: " * 200_000, "nested more than"),
        (b"? " * 400_000, "nested more than"),
        ("\n".join(" " * n + "a:" for n in range(1000)).encode(), "nested more than"),
        pytest.param(b"plan: '" + b"x\n" * 100_000, "never closed", marks=pytest.mark.slow),
        (b"&a [*a]", "'&' at the start"),
        (b"'" * 900_000, "this is not a plan"),
        (b"k" * 900_000 + b": 1\n", "far too long"),
    ],
    ids=lambda value: ascii(value)[:24],
)
def test_what_might_hurt_gets_one_clear_error(raw: bytes, words: str) -> None:
    """Huge, foreign, deep, recursive and unending files are answered with a single finding, in little memory."""
    tracemalloc.start()
    findings = check_plan(raw, "plan.yaml").findings
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(findings) == 1
    assert words in findings[0].message
    assert peak < 100e6


@pytest.mark.slow
def test_a_file_of_endless_values_is_left_early() -> None:
    """Reading stops at the first value beyond what the longest plan can have."""
    (finding,) = check_plan(b"- a\n" * 200_000, "plan.yaml").findings
    assert (finding.line, finding.message[:22]) == (60_000, "more than 60000 values")


def test_every_mistake_is_reported_at_once() -> None:
    """Mistakes in one stage hide neither those in another nor a limit passed in a third."""
    raw = b"""\
plan: A
tolerence: 3 %
baseline: 160 spm
stages:
  - {name: A, duration: 10}
  - {nam: B, duraton: 5 min, target: +12 %, beat: onn}
  - {name: C, duration: 5 min, target: 170 spm, cues: [{at: 9 min, say: x}]}
"""
    found = [(f.line, f.column) for f in check_plan(raw, "plan.yaml").findings]
    assert found == [(2, 1), (5, 25), (6, 6), (6, 14), (6, 38), (6, 51), (7, 56)]


def test_a_plan_with_mistakes_raises_them_all_in_one_message() -> None:
    """The error names file, line and column, shows the line, and puts a caret under the place."""
    with pytest.raises(PlanFaults) as caught:
        load_plan(b"plan: A\nstages:\n  - {name: A, duration: 10}\n", "my plan.yaml")
    assert isinstance(caught.value, PlanError)
    first, line, caret = str(caught.value).splitlines()
    assert first.startswith("my plan.yaml:3:25: '10' has no unit; write '10 min'")
    assert line.index("10}") == caret.index("^")


def test_a_warning_keeps_no_session_from_starting() -> None:
    """A plan with warnings only is a plan."""
    raw = b"plan: A\nbaseline: athlete\nstages:\n  - {name: A, duration: 5 min, target: +8 %}\n"
    checked = check_plan(raw, "plan.yaml")
    assert [f.severity for f in checked.findings] == [Severity.WARNING]
    assert checked.plan is not None


def test_a_file_made_of_mistakes_is_cut_short() -> None:
    """Five hundred findings are enough; what is shown of them is fewer still, and says how many are left."""
    raw = b"plan: A\nstages:\n" + b"  - {nam: 1, durashun: 2}\n" * 999
    with pytest.raises(PlanFaults) as caught:
        load_plan(raw, "plan.yaml")
    assert len(caught.value.findings) == 500
    assert str(caught.value).endswith("... and 450 more")


def test_a_key_given_over_and_over_is_cut_short() -> None:
    """The same holds for mistakes of the text itself."""
    assert len(check_plan(b"plan: A\n" * 5000, "plan.yaml").findings) == 500


@each_row("path", SESSIONS, ids=lambda path: path.stem)
def test_the_plans_that_come_with_it_are_in_order(path: Path) -> None:
    """Every plan in sessions/ loads with nothing to say about it, and names its editor schema and its source."""
    raw = path.read_bytes()
    assert check_plan(raw, path.name).findings == ()
    lines = raw.decode().splitlines()
    assert lines[0] == "# yaml-language-server: $schema=../config/plan.schema.json"
    assert lines[1].startswith("# ")


@each_row(("page", "n_stages"), [("docs/plan-file.md", 12), ("README.md", 5)])
def test_the_examples_of_the_manual_are_plans(page: str, n_stages: int) -> None:
    """What the pages show can be copied: it loads, with nothing to say about it."""
    manual = (Path(__file__).parents[3] / page).read_text(encoding="utf-8")
    example = manual.split("```yaml\n")[1].split("```")[0]
    checked = check_plan(example.encode(), page)
    assert checked.findings == ()
    assert checked.plan is not None
    assert len(checked.plan.stages) == n_stages


def test_two_plans_have_the_length_they_promise() -> None:
    """The demo lasts 90 s and the +5 % session one hour."""
    lengths = {path.stem: load_plan(path.read_bytes(), path.name).duration_s for path in SESSIONS}
    assert (lengths["demo"], lengths["plus-5-percent"]) == (90.0, 3600.0)


def positions_are_inside(raw: bytes) -> bool:
    """Check some bytes; whether every finding points into the file, and whether there is a plan or an error."""
    checked = check_plan(raw, "plan.yaml")
    text = raw.removeprefix(b"\xef\xbb\xbf").decode("utf-8", errors="replace").replace("\r\n", "\n").replace("\r", "\n")
    lines = text.split("\n")
    has_error = any(f.severity is Severity.ERROR for f in checked.findings)
    for finding in checked.findings:
        assert 1 <= finding.line <= len(lines)
        assert 1 <= finding.column <= len(lines[finding.line - 1]) + 1
        assert finding.text("plan.yaml").replace("\n", "").isprintable()
    return has_error == (checked.plan is None)


@given(st.binary(max_size=200))
def test_no_bytes_make_it_raise(raw: bytes) -> None:
    """Random bytes give findings inside the file, and nothing else."""
    assert positions_are_inside(raw)


@given(st.text(st.sampled_from("plan:stges -+{}[]\"'|>*&!%@`#,?~\n\t 0123.5spm\\\u202e\u6f22"), max_size=80))
@settings(max_examples=200)
def test_no_text_of_its_own_characters_makes_it_raise(text: str) -> None:
    """Random text from the characters that mean something in YAML gives findings inside the file."""
    assert positions_are_inside(text.encode())


@pytest.mark.slow
@given(st.randoms(use_true_random=False), st.sampled_from(SESSIONS))
@settings(max_examples=250)
def test_no_slip_in_a_good_plan_makes_it_raise(source: random.Random, path: Path) -> None:
    """A good plan with pieces deleted, doubled, swapped or overwritten gives findings inside the file."""
    raw = bytearray(path.read_bytes())
    for _ in range(source.randint(1, 6)):
        start = source.randrange(len(raw))
        end = min(len(raw), start + source.randint(0, 12))
        piece = raw[start:end]
        raw[start:end] = source.choice(
            [b"", piece * 2, piece[::-1], b"{", b": ", b"\t", b"%", b"\n", bytes([start % 256])]
        )
    assert positions_are_inside(bytes(raw))
