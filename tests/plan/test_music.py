"""What `music:` may say, and what comes of it in the stages of a plan."""

import pytest
from each_row import each_row

from cadencecoach.plan.checks.reading import check_plan
from cadencecoach.plan.model import Plan
from cadencecoach.plan.music import is_on_network, music, music_asked, with_music, without_folders
from cadencecoach.plan.resolved import json_of_plan, plan_of_json
from cadencecoach.plan.values import ValueFault


def plan_of(music_of_plan: str, *of_stages: str) -> Plan:
    """A plan of stages with these words."""
    stages = "".join(
        f"  - {{name: Run, duration: 5 min, target: 170 spm{', music: ' + word if word else ''}}}\n"
        for word in of_stages
    )
    head = f"music: {music_of_plan}\n" if music_of_plan else ""
    plan = check_plan(f"plan: A\n{head}stages:\n{stages}".encode(), "a.yaml").plan
    assert plan is not None
    return plan


@each_row("text", ["on", "off", "~/Music/runs", "./runs", "C:\\Users\\anna\\Music", "songs/fast"])
def test_on_off_and_folders_are_music(text: str) -> None:
    """As they are written."""
    assert music(text) == text


@each_row(
    "text",
    [
        "//nas/music",
        "\\\\nas\\music",
        "\\\\?\\UNC\\nas\\music",
        "smb://nas/music",
        "http://x/y",
        "/run/user/1/gvfs/smb-share:x",
    ],
)
def test_a_folder_of_another_computer_never_is(text: str) -> None:
    """In no way of writing it."""
    assert is_on_network(text)
    with pytest.raises(ValueFault, match="is on the network"):
        music(text)


@each_row(
    ("value", "told"),
    [("onn", "did you mean on"), (True, "is not known"), ("", "is empty"), ("x" * 301, "300 at most")],
)
def test_other_words_are_refused_with_what_is_allowed(value: object, told: str) -> None:
    """A slip of the pen is named."""
    with pytest.raises(ValueFault, match=told):
        music(value)


def test_a_stage_goes_before_the_plan() -> None:
    """`off` on a stage is the click there; nothing said is what the plan says."""
    assert [stage.music for stage in plan_of("on", "", "off", "~/x").stages] == ["on", "", "~/x"]
    assert [stage.music for stage in plan_of("", "", "on").stages] == ["", "on"]
    assert music_asked(plan_of("on", "", "", "~/x")) == ("on", "~/x")


def test_what_is_asked_for_at_the_start_goes_before_both() -> None:
    """Everywhere on, everywhere off, or as the plan says."""
    plan = plan_of("on", "", "off")
    assert [stage.music for stage in with_music(plan, "off").stages] == ["", ""]
    assert [stage.music for stage in with_music(plan, "/songs").stages] == ["/songs", "/songs"]
    assert with_music(plan, "") == plan


def test_folders_of_a_plan_that_was_not_opened_by_its_path_count_for_nothing() -> None:
    """What was added may be played there, a path may not."""
    assert [stage.music for stage in without_folders(plan_of("~/x", "", "on", "off")).stages] == ["", "on", ""]


def test_a_plan_kept_with_a_session_has_its_music_and_an_older_one_has_none() -> None:
    """Written only where it says something: journals without music are as they were."""
    plan = plan_of("", "on", "")
    kept = json_of_plan(plan)
    assert [stage.get("music") for stage in kept["plan"]["stages"]] == ["on", None]  # type: ignore[index]
    assert plan_of_json(kept).stages == plan.stages
