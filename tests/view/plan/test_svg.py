import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from chromium import Browser, browser, chromium
from each_row import each_row

from cadencecoach.cli.main import main
from cadencecoach.plan.checks.reading import load_plan
from cadencecoach.store.plan_files import open_plan, packed_plans
from cadencecoach.view.plan.svg import MARK, plan_svg

HOSTILE = "</text><script>alert(1)</script>\\\" & '\N{RIGHT-TO-LEFT OVERRIDE}"
SPACE = "{http://www.w3.org/2000/svg}"


# The edges of the picture, and its labels as [words, left, top, right, bottom].
LABELS = """(() => {
    const box = e => { const b = e.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; };
    const s = document.querySelector('svg');
    return [box(s), [...s.querySelectorAll('text')].map(t => [t.textContent, ...box(t)])];
})()"""


def texts(svg: str) -> list[str]:
    """What is written in a picture."""
    return [text.text or "" for text in ET.fromstring(svg).iter(f"{SPACE}text")]  # noqa: S314  # our own


@each_row("name", packed_plans())
@each_row("baseline_spm", [None, 164.0])
def test_every_plan_makes_a_picture(name: str, baseline_spm: float | None) -> None:
    """Well-formed, with title and words for somebody who does not see it, and nothing from elsewhere."""
    svg = plan_svg(open_plan(packed_plans()[name]), baseline_spm)
    root = ET.fromstring(svg)  # noqa: S314
    assert root.tag == f"{SPACE}svg"
    assert root.findtext(f"{SPACE}title")
    assert root.get("role") == "img"
    assert root.get("aria-label")
    assert not re.search(r"(href|src)=|url\((?!#)|@import|<script", svg)


TOLD = {
    "target": "dashes: target",
    "baseline": "dots: own cadence",
    "band": "shaded: help",
    "helped": "shaded: help",
    "alone": "hatched: without help",
    "band-alone": "hatched: without help",
    "veil-walk": "dotted: walking",
    "cue": "cues",  # the name of its lane
}


@each_row("name", packed_plans())
def test_every_sign_is_told(name: str) -> None:
    """What is drawn, but for the axes and the ground, has its words below the picture or beside its lane."""
    svg = plan_svg(open_plan(packed_plans()[name]), None)
    drawn = {shape.get("class", "") for tag in ("path", "rect") for shape in ET.fromstring(svg).iter(f"{SPACE}{tag}")}  # noqa: S314
    told = " ".join(texts(svg))
    signs = {sign for sign in drawn if sign and not sign.startswith("tile-")} - {"grid", "axis", "border", "paper"}
    assert [sign for sign in signs if TOLD[sign] not in told] == []


def test_targets_are_counted_in_what_is_known() -> None:
    """Percent without a baseline, steps a minute with one."""
    plan = open_plan(packed_plans()["plus-5-percent"])
    assert "1 h; percent of the runner's own cadence" in texts(plan_svg(plan, None))
    with_baseline = texts(plan_svg(plan, 164.0))
    assert "1 h; steps a minute" in with_baseline
    assert "+5 %" in with_baseline


def test_a_name_is_no_markup() -> None:
    """Titles and names come from files anybody may have written."""
    raw = (
        f'plan: "{HOSTILE.replace(chr(0x202E), "")}"\nstages:\n  - {{name: "<b>", duration: 5 min, target: 170 spm}}\n'
    )
    svg = plan_svg(load_plan(raw.encode(), "a.yaml"), None)
    root = ET.fromstring(svg)  # noqa: S314
    assert not list(root.iter(f"{SPACE}script"))
    assert any("<b>" in text for text in texts(svg))


@pytest.mark.slow
def test_a_thousand_stages_are_still_a_picture() -> None:
    """Names that do not fit are left out; the file stays small."""
    raw = "plan: A\nstages:\n  - repeat: 500\n    stages:\n      - {name: Run, duration: 1 min, target: 170 spm}\n"
    raw += "      - {name: Walk, duration: 1 min, target: walk}\n"
    svg = plan_svg(load_plan(raw.encode(), "a.yaml"), None)
    assert len(svg) < 1_500_000
    assert "1, 3 … 999 Run," in " ".join(texts(svg))


def test_show_writes_the_picture_and_leaves_others_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """An older picture is replaced, another file is not."""
    path = tmp_path / "p.svg"
    assert main(["plan", "show", "faded", "--svg", str(path)]) == 0
    assert main(["plan", "show", "faded", "--svg", str(path)]) == 0
    assert path.read_text(encoding="utf-8").startswith(f"{MARK}<svg ")
    path.write_text("<svg of mine/>", encoding="utf-8")
    capsys.readouterr()
    assert main(["plan", "show", "faded", "--svg", str(path)]) == 2
    assert "already exists; choose another name, or add --force to replace it" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == "<svg of mine/>"
    assert main(["plan", "show", "faded", "--svg", str(tmp_path / "nowhere" / "p.svg")]) == 2
    assert not (tmp_path / "nowhere").exists()


@pytest.fixture(scope="module")
def chrome() -> Iterator[Browser]:
    """One browser for all pictures."""
    program = chromium()
    if program is None:
        pytest.skip("no Chromium is installed; on Debian: apt-get install chromium")
    with browser(program) as opened:
        yield opened


@pytest.mark.slow
@pytest.mark.parametrize("name", packed_plans())
@pytest.mark.parametrize("width", [390, 1024])
def test_no_label_covers_another(chrome: Browser, tmp_path: Path, name: str, width: int) -> None:
    """On a phone and on a screen: labels apart and inside, nothing loaded, nothing complained about."""
    page = tmp_path / "page.html"
    svg = plan_svg(open_plan(packed_plans()[name]), None)
    page.write_text(f"<!doctype html><body style='margin:0'>{svg}", encoding="utf-8")
    chrome.open(page, width=width)
    (left, top, right, bottom), labels = chrome.evaluate(LABELS)
    scale = (right - left) / 720
    for number, (words, x0, y0, x1, y1) in enumerate(labels):
        assert x0 >= left - 1, words
        assert x1 <= right + 1, words
        assert y0 >= top - 2, words
        assert y1 <= bottom + 2, words
        for other, p0, q0, p1, q1 in labels[number + 1 :]:
            is_over = min(x1, p1) - max(x0, p0) > 0.5 and min(y1, q1) - max(y0, q0) > 5 * scale
            assert not is_over, (words, other)
    assert chrome.requests == [page.resolve().as_uri()]
    assert chrome.complaints == []
