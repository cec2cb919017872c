from each_row import each_row

from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.syntax.findings import Severity


def warnings_of(stages: str, head: str = "baseline: athlete") -> list[str]:
    """The warnings a plan gets; it must not get errors."""
    findings = check_plan(f"plan: A\n{head}\nstages:\n{stages}".encode(), "plan.yaml").findings
    assert all(f.severity is Severity.WARNING for f in findings), findings
    return [f"{f.line}:{f.column} {f.message}" for f in findings]


def stage(entries: str) -> str:
    """One stage of five minutes."""
    return f"  - {{name: A, duration: 5 min, {entries}}}\n"


@each_row(
    ("entries", "head", "words"),
    [
        ("target: +8 %", "baseline: athlete", "4:40 +8.0 % above the baseline is for a clinician"),
        ("target: +10 %", "baseline: athlete", "+10.0 % above the baseline is for a clinician"),
        ("target: 176 spm", "baseline: 160 spm", "+10.0 % above the baseline is for a clinician"),
        ("target: +2.5 %, tolerance: 3 %", "baseline: athlete", "4:59 at +2.5 % this takes in the baseline"),
        ("target: +2.5 %, tolerance: 3 %", "baseline: athlete", "it is narrowed to 1.75 % there"),
        ("target: +2.5 %", "baseline: athlete\ntolerance: 3 %", "3:12 at +2.5 % this takes in the baseline"),
        ("target: +2.5 %, tolerance: 5 spm", "baseline: 160 spm", "this takes in the baseline"),
        ("target: -2 %, tolerance: 3 %", "baseline: athlete", "at -2 % this takes in the baseline"),
    ],
)
def test_what_a_clinician_should_decide_is_a_warning(entries: str, head: str, words: str) -> None:
    """One warning, at the value concerned, with what is usual or what is done instead."""
    (warning,) = warnings_of(stage(entries), head)
    assert words in warning


@each_row(
    ("entries", "head"),
    [
        ("target: +7.5 %", "baseline: athlete"),
        ("target: -10 %", "baseline: athlete"),
        ("target: +8 %, allow: {target: Step two of her plan}", "baseline: athlete"),
        ("target: +12 %, allow: {target: Step two of her plan}", "baseline: athlete"),
        ("target: +12 %", "baseline: athlete\nallow: {target: A study}"),
        ("target: 180 spm", "baseline: athlete"),
        ("target: +2.5 %", "baseline: athlete"),
        ("target: +2.5 %, tolerance: 1.75 %", "baseline: athlete"),
        ("target: +5 %, tolerance: 3 %", "baseline: athlete"),
        ("target: +2.5 %, tolerance: 3 %, allow: {tolerance: Known}", "baseline: athlete"),
        ("target: baseline, tolerance: 3 %", "baseline: athlete"),
        ("target: 170 spm, tolerance: 10 %", "baseline: athlete"),
    ],
)
def test_what_is_usual_or_allowed_passes_in_silence(entries: str, head: str) -> None:
    """Up to +7.5 %, bands that leave the baseline out, and limits set aside with a reason."""
    assert warnings_of(stage(entries), head) == []


@each_row(
    ("first", "second", "n_warnings"),
    [
        ("target: 160 spm", "target: 166 spm", 1),
        ("target: 166 spm", "target: 160 spm", 1),
        ("target: +0 %", "target: +5 %", 1),
        ("target: 160 spm", "target: 164-168 spm", 1),
        ("target: 160 spm", "target: 166 spm, beat: rescue", 1),
        ("target: 160 spm", "target: 164 spm", 0),
        ("target: +2.5 %", "target: +5 %", 0),
        ("target: 160 spm", "target: 166 spm, ramp: 30 s", 0),
        ("target: 160 spm", "target: 166 spm, beat: off", 0),
        ("target: 160 spm, beat: off", "target: 166 spm", 0),
        ("target: walk", "target: 166 spm", 0),
        ("target: 160 spm", "target: +5 %", 0),
        ("target: 160 spm", "target: 166 spm, allow: {tempo-step: She asked for it}", 0),
    ],
)
def test_a_jump_of_the_beat_is_a_warning(first: str, second: str, n_warnings: int) -> None:
    """Above 3 % from one sounding beat to the next, without a ramp; where the size is known from the text."""
    found = warnings_of(stage(first) + stage(second))
    assert len(found) == n_warnings
    assert all("the beat jumps by" in text and text.startswith("5:40") for text in found)


def test_a_repeat_is_warned_of_once() -> None:
    """The same place is not reported for every turn, and the way from the last stage back to the first counts."""
    stages = "  - repeat: 5\n    stages:\n    - {name: A, duration: 1 min, target: 160 spm}\n"
    stages += "    - {name: B, duration: 1 min, target: 170 spm}\n"
    found = warnings_of(stages)
    assert [text.split(" ")[0] for text in found] == ["6:42", "7:42"]


@each_row(
    ("first", "second"),
    [("target: 16o spm", "target: 170 spm"), ("target: 160 spm, beat: onn", "target: 170 spm")],
)
def test_a_value_that_cannot_be_read_is_not_judged(first: str, second: str) -> None:
    """A slip gives one error and no warnings that follow from guessing."""
    raw = f"plan: A\nstages:\n{stage(first)}{stage(second)}".encode()
    assert len(check_plan(raw, "plan.yaml").findings) == 1


FADING = "plan: A\nbaseline: athlete\nhelp: 100 %..0 %\nstages:\n"


@each_row("target", ["target: free", "target: walk", "drill: A-skips"])
def test_help_that_fades_asks_no_end_of_a_stage_it_cannot_help_in(target: str) -> None:
    """A warm-up that waits for the key takes no part in the fade."""
    stages = f"  - {{name: Warm, until: key, {target}}}\n" + stage("target: +5 %") * 2
    assert check_plan((FADING + stages).encode(), "plan.yaml").findings == ()


def test_help_that_fades_through_a_stage_needs_its_end() -> None:
    """The one stage with a target lasts until a key, so nobody knows how far it has faded."""
    stages = "  - {name: Warm, until: key, target: free}\n  - {name: Run, until: key, target: +5 %}\n"
    (finding,) = check_plan((FADING + stages).encode(), "plan.yaml").findings
    assert (finding.severity, "stage 'Run' lasts until a key" in finding.message) == (Severity.ERROR, True)
