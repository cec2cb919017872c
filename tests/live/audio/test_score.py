"""What is prepared before the start is all that is said; of every plan that comes with the program: `test_voices`."""

import json
from pathlib import Path

from quiet_host import QuietHost

from cadencecoach.coach.phrases import sentences
from cadencecoach.desk.running.rehearsing import rehearse_session
from cadencecoach.live.audio.score import score_of
from cadencecoach.live.opening.request import Request
from cadencecoach.store.machine import NO_MACHINE
from cadencecoach.store.plan_files import find_plan, open_plan
from cadencecoach.store.user_store import user_files


def test_no_sentence_of_a_bundled_plan_is_new_once_it_runs(tmp_path: Path) -> None:
    """A runner who wanders and whose pod drops out is told only what was ready, so nothing is left to a voice."""
    request = Request(
        plan_name="demo",
        feet_text="sim:wander=3,drift=-6,lost_per_hour=6,lost_s=30",
        sound_text="none",
        baseline_spm=165.0,
        seed=3,
    )
    rehearse_session(user_files(), request, QuietHost(), journal=tmp_path / "run.jsonl", open_stage="5 min")
    lines = [json.loads(line) for line in (tmp_path / "run.jsonl").read_text().splitlines()[1:]]
    said = {line["text"] for line in lines if line["what"] == "cue" and line["kind"] == "spoken"}
    assert said
    ready = set(score_of(open_plan(find_plan(NO_MACHINE, "demo"))).sentences)
    assert {sentence for text in said for sentence in sentences(text)} <= ready
