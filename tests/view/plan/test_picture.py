from each_row import each_row
from rich.cells import cell_len
from rich.console import Console

from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.plan.lengths import duration_words
from cadencecoach.plan.model import Plan
from cadencecoach.view.plan.picture import PLAIN_GLYPHS, plan_picture
from cadencecoach.view.plan.table import length_words, plan_stages, plan_table

LADDER = b"""\
plan: Ladder
stages:
  - {name: Warm-up, duration: 10 min}
  - {name: Measure, duration: 10 min, measure: baseline}
  - {name: Rung, duration: 10 min, target: +5 %, ramp: 5 min}
  - {name: Alone, duration: 10 min, target: +5 %, beat: off, feedback: none}
  - {name: Rescue, duration: 10 min, target: +5 %, beat: rescue, help: 50 %}
  - {name: Walk, duration: 10 min, target: walk}
"""
OPEN = b"""\
plan: Open
stages:
  - {name: Warm-up, duration: 5 min}
  - {name: Run, until: key, target: 170 spm}
  - {name: Cool-down, duration: 5 min}
"""


def plan_of(raw: bytes) -> Plan:
    """A plan from its text."""
    return load_plan(raw, "plan.yaml")


def rows_of(raw: bytes, baseline_spm: float | None = None, width: int = 69) -> list[str]:
    """The lines of a picture with 60 columns for an hour, unless another width is asked for."""
    return str(plan_picture(plan_of(raw), width, baseline_spm)).splitlines()


def test_the_line_stands_where_the_target_is() -> None:
    """With 160 spm for a baseline, +5 % is a line at 168; beat, no beat and rescue beat differ by shape."""
    (row,) = [row for row in rows_of(LADDER, 160.0) if row.strip().startswith("168 ")]
    drawn = row.split("│")[1]
    assert drawn[25:30] == "━" * 5
    assert drawn[30:40] == "·" * 10
    assert drawn[40:50] == "╍" * 10
    assert drawn[50:].strip() == ""


def test_an_unknown_baseline_makes_it_percent() -> None:
    """Without a baseline the rows are labelled in percent of it, round numbers, zero among them."""
    labels = [row.split("│")[0].strip() for row in rows_of(LADDER) if "│" in row]
    assert {"+5 %", "+0 %"} <= set(labels)


def test_a_ramp_climbs() -> None:
    """During a ramp of five minutes the line comes up row by row to the target."""
    rows = [row.split("│")[1] for row in rows_of(LADDER, 160.0) if "│" in row]
    heights = [next(n for n, row in enumerate(rows) if row[column : column + 1] == "━") for column in range(20, 30)]
    assert heights[0] > heights[2] > heights[5] == heights[9]


def test_minutes_and_stages_stand_under_their_columns() -> None:
    """One column is one minute here: stage 3 begins under column 20, and so does the label 20."""
    *_, times, numbers, kinds, _ = rows_of(LADDER, 160.0)
    assert times[9:].startswith("0 min")
    assert times[9 + 20 :].startswith("20")
    assert numbers[9 + 20 :].startswith("3")
    assert kinds[9:].split() == ["free", "measure", "beat", "no", "beat", "rescue", "walk"]


def test_a_stage_without_an_end_breaks_the_axis() -> None:
    """It has waves for an axis, and no minute is labelled after its beginning."""
    rows = rows_of(OPEN)
    axis = next(row for row in rows if "└" in row)
    times = rows[rows.index(axis) + 1]
    assert "≈≈≈" in axis
    assert len(times.rstrip()) <= axis.index("≈") + 2


@each_row("width", [1, 30, 40, 80, 132, 200])
@each_row("raw", [LADDER, OPEN], ids=["ladder", "open"])
def test_a_picture_fits_its_width(raw: bytes, width: int) -> None:
    """No line but the legend is wider than asked for, down to 30 columns."""
    *rows, _ = rows_of(raw, width=width)
    assert max(map(cell_len, rows)) <= max(width, 30)


def test_a_plan_that_asks_for_nothing_has_an_axis_only() -> None:
    """Free running is drawn as its time."""
    rows = rows_of(b"plan: A\nstages: [{name: A, duration: 5 min}]\n")
    assert "└" in rows[0]


def test_a_thousand_stages_are_drawn() -> None:
    """More stages than columns do no harm."""
    pair = b"{name: R, duration: 5 s, target: 170 spm}, {name: W, duration: 5 s}"
    raw = b"plan: A\nstages: [{repeat: 500, stages: [" + pair + b"]}]"
    assert len(rows_of(raw)) > 10


def test_a_poor_terminal_gets_plain_characters() -> None:
    """Every sign of the picture has a stand-in in ASCII, and the stand-ins differ."""
    text = "\n".join(rows_of(LADDER) + rows_of(OPEN)).translate(PLAIN_GLYPHS)
    assert text.isascii()
    assert len({chr(key) for key in PLAIN_GLYPHS} & set("━╍·░≈")) == len(set("━╍·░≈".translate(PLAIN_GLYPHS)))


def table_of(raw: bytes, baseline_spm: float | None) -> list[str]:
    """The rows of a table, printed wide."""
    console = Console(width=140, color_system=None)
    with console.capture() as capture:
        console.print(plan_table(plan_of(raw), baseline_spm))
    return [" ".join(line.split()) for line in capture.get().splitlines() if line.strip()]


def test_the_table_says_what_each_stage_asks_for() -> None:
    """Length, target, band, ramp, beat and cues; with a baseline the band is in spm."""
    assert table_of(LADDER, 160.0)[2:] == [
        "1 Warm-up 10 min free off none",
        "2 Measure 10 min measured off none",
        "3 Rung 10 min +5 % 163-173 spm 5 min on words",
        "4 Alone 10 min +5 % 163-173 spm off none",
        "5 Rescue 10 min +5 % 163-173 spm rescue 50 % words 50 %",
        "6 Walk 10 min walk off none",
    ]
    assert "3 Rung 10 min +5 % +-3 % 5 min on words" in table_of(LADDER, None)


@each_row(
    ("duration_s", "words"),
    [
        (None, "until key"),
        (90.0, "1 min 30 s"),
        (3600.0, "1 h"),
        (3905.0, "1 h 5 min 5 s"),
        (12.0, "12 s"),
        (0.4, "0.4 s"),
    ],
)
def test_lengths_in_words(duration_s: float | None, words: str) -> None:
    """A length reads as a plan would write it."""
    assert duration_words(duration_s) == words


def test_an_open_stage_is_counted_in_the_length() -> None:
    """What is known, and how many stages last until a key."""
    assert length_words(plan_of(OPEN)) == "10 min and 1 stage until a key"
    assert length_words(plan_of(LADDER)) == "1 h"


@each_row("width", [20, 40, 60, 80])
@each_row("baseline_spm", [None, 160.0])
def test_a_narrow_terminal_gets_a_line_a_stage(width: int, baseline_spm: float | None) -> None:
    """Every value is there, and none is cut or broken within a word."""
    console = Console(width=width, no_color=True)
    with console.capture() as capture:
        console.print(plan_stages(plan_of(LADDER), baseline_spm))
    drawn = capture.get()
    assert all(cell_len(line) <= width for line in drawn.splitlines())
    assert ("Stage" in drawn) is (width == 80)
    words = drawn.split()
    for said in ("Warm-up", "Rescue", "measured", "free", "walk", "rescue", "+5", "none", "off", "50"):
        assert any(word.strip(":,") == said for word in words), said


def test_long_names_make_the_table_no_wider() -> None:
    """They wrap; the rest of their row does not."""
    raw = LADDER.replace(b"name: Alone", b"name: All alone up the hill and down again")
    console = Console(width=80, no_color=True)
    with console.capture() as capture:
        console.print(plan_stages(plan_of(raw), None))
    assert "Stage" in capture.get()
    assert "+-3 %" in capture.get()
