"""Events and actions as lines of the journal, to the letter."""

from typing import get_args

import pytest
from each_row import each_row

from cadencecoach.coach import actions as act
from cadencecoach.coach import events as ev
from cadencecoach.gait.reading import Estimate, Feet, Reading
from cadencecoach.plan.model import Beat, CueStyle
from cadencecoach.plan.targets import Band
from cadencecoach.plan.timeline import Timeline
from cadencecoach.record.fields import FORMS
from cadencecoach.record.journal import line_text
from cadencecoach.record.kinds import KINDS, LEAVES_NO_LINE, cue_line, line_of
from cadencecoach.record.line_json import complaint, json_of_line, line_of_json
from cadencecoach.record.lines import Line, PayloadLine, SoundLine, UnitLine, UnknownLine

ESTIMATE = Estimate(time_s=4.5, cadence_spm=171.25, age_s=0.5, quality=0.9, n_readings=5)
CUE = act.GiveCue(time_s=9.0, kind=act.CueKind.SPOKEN, text="Quicker.", reason=act.CueReason.BELOW, expires_s=12.0)
STAGE = act.EnterStage(
    time_s=0.0,
    index=2,
    name="Rung",
    band=Band(172.0, 167.0, 177.0),
    beat=Beat.RESCUE,
    feedback=CueStyle.WORDS,
    ramp_s=60.0,
    help_ratio=0.5,
)

RAMP = Timeline(start_s=0.1, start_beat=3.0, from_spm=165.0, to_spm=172.2, ramp_s=60.0)

TABLE: list[tuple[object, str]] = [
    (Reading(time_s=1.0, cadence_spm=None), '{"t":1.0,"what":"reading","cadence_spm":null}'),
    (
        Reading(time_s=1.0, cadence_spm=170.0, speed_mps=2.5, hr_bpm=150.0, is_running=True),
        '{"t":1.0,"what":"reading","cadence_spm":170.0,"speed_mps":2.5,"hr_bpm":150.0,"is_running":true}',
    ),
    (ESTIMATE, '{"t":4.5,"what":"estimate","cadence_spm":171.25,"age_s":0.5,"quality":0.9,"n_readings":5}'),
    (
        ev.CadenceEstimated(5.0, ESTIMATE),
        '{"t":5.0,"what":"estimate","cadence_spm":171.25,"age_s":0.5,"quality":0.9,"n_readings":5}',
    ),
    (ev.FeetChanged(3.0, Feet.WALKING), '{"t":3.0,"what":"feet","state":"walking"}'),
    (ev.KeyPressed(3.0, ev.Key.UP), '{"t":3.0,"what":"key","key":"up"}'),
    (ev.PainRated(3.0, 4), '{"t":3.0,"what":"key","key":"digit","level":4}'),
    (
        STAGE,
        (
            '{"t":0.0,"what":"stage","index":2,"name":"Rung","target_spm":172.0,"low_spm":167.0,"high_spm":177.0,'
            '"beat":"rescue","feedback":"words","ramp_s":60.0,"help_ratio":0.5,"is_probe":false}'
        ),
    ),
    (
        act.EnterStage(
            time_s=0.0, index=0, name="Easy", band=None, beat=Beat.OFF, feedback=CueStyle.NONE, is_probe=True
        ),
        (
            '{"t":0.0,"what":"stage","index":0,"name":"Easy","target_spm":null,"low_spm":null,"high_spm":null,'
            '"beat":"off","feedback":"none","ramp_s":0.0,"help_ratio":1.0,"is_probe":true}'
        ),
    ),
    (act.SetGrade(time_s=31.0, grade=-2), '{"t":31.0,"what":"grade","grade":-2}'),
    (act.SetOffSpeed(time_s=31.0, is_off=True), '{"t":31.0,"what":"speed","is_off":true}'),
    (act.SetHelp(time_s=30.0, is_on=False), '{"t":30.0,"what":"help","is_on":false}'),
    (
        act.SetBaseline(time_s=7.0, cadence_spm=164.0, n_readings=90),
        '{"t":7.0,"what":"baseline","cadence_spm":164.0,"n_readings":90}',
    ),
    (act.SetTempo(time_s=0.1, timeline=RAMP), '{"t":0.1,"what":"tempo","spm":172.2,"ramp_s":60.0}'),
    (act.SetTempo(time_s=0.1, timeline=None), '{"t":0.1,"what":"tempo","spm":null,"ramp_s":0.0}'),
    (act.SetBand(time_s=2.0, state=act.BandState.BELOW), '{"t":2.0,"what":"band","state":"below"}'),
    (
        CUE,
        '{"t":9.0,"what":"cue","kind":"spoken","text":"Quicker.","reason":"below","requested_s":9.0,"actual_s":null}',
    ),
    (
        act.SayMessage(time_s=2.0, id="a1", length_s=3.0, expires_s=5.0),
        '{"t":2.0,"what":"message","id":"a1","actual_s":null}',
    ),
    (act.Pause(time_s=2.0), '{"t":2.0,"what":"pause"}'),
    (act.Resume(time_s=2.0), '{"t":2.0,"what":"resume"}'),
    (act.SetMuted(time_s=2.0, is_muted=True), '{"t":2.0,"what":"mute","is_muted":true}'),
    (
        act.SetVolume(time_s=2.0, beat_db=3.0, words_db=-6.0),
        '{"t":2.0,"what":"volume","beat_db":3.0,"words_db":-6.0}',
    ),
    (
        act.WriteNote(time_s=2.0, about="pain", text="pain 3", level=3),
        '{"t":2.0,"what":"note","about":"pain","text":"pain 3","level":3}',
    ),
    (act.WriteNote(time_s=2.0, about="unit", text="?"), '{"t":2.0,"what":"note","about":"unit","text":"?"}'),
    (act.EndSession(time_s=2.0, reason=act.EndReason.STOPPED), '{"t":2.0,"what":"end","reason":"stopped"}'),
]


@each_row(("thing", "text"), TABLE, ids=lambda v: type(v).__name__)
def test_a_line_is_written_to_the_letter(thing: object, text: str) -> None:
    """Time first, then the kind, then the documented fields; a reader of journals finds nothing to complain of."""
    line = line_of(thing)
    assert line is not None
    assert line_text(line) == text
    assert complaint(json_of_line(line)) is None
    assert line_of_json(json_of_line(line)) == line


def test_every_event_and_action_has_its_row() -> None:
    """A type added to the coach's contract is written, by one row, or said to leave no line."""
    written = [source for kind in KINDS for source in kind.made_from]
    assert len(written) == len({*written})
    assert {*written} - {Reading, Estimate} | LEAVES_NO_LINE == {*get_args(ev.Event), *get_args(act.Action)}
    assert not {*written} & LEAVES_NO_LINE


def test_every_record_has_its_row() -> None:
    """And only one, but for the lines that this version does not know."""
    assert sorted(kind.record.__name__ for kind in KINDS) == sorted(
        one.__name__ for one in Line.__subclasses__() if one is not UnknownLine
    )


def test_every_field_has_its_form() -> None:
    """Of what a field holds, reading is sure; three may hold anything, as older versions let them."""
    names = {name for kind in KINDS for name in (*kind.always, *kind.where_known)}
    assert names - FORMS.keys() == {"answer", "running_s", "is_added"}
    assert FORMS.keys() - names == {"t"}


@each_row("thing", [ev.ClockReached(1.0), ev.FeetChanged(1.0, Feet.UNKNOWN)])
def test_what_is_no_news_leaves_no_line(thing: object) -> None:
    """Time passing, and feet that were never seen, are not written."""
    assert line_of(thing) is None


def test_an_unknown_type_is_a_mistake_in_the_program() -> None:
    """Nothing is silently left out of a record."""
    with pytest.raises(TypeError, match="no journal line is defined for int"):
        line_of(5)


def test_the_edges_have_their_own_lines() -> None:
    """Bytes, the moment a cue was heard, the sound card and the unit are written by those who know them."""
    lines = [
        PayloadLine(1.0, "rsc", "04000350"),
        cue_line(CUE, actual_s=9.02),
        SoundLine(2.0, state="playing", slip_frames=0, latency_s=0.03),
        UnitLine(3.0, "pod sends strides, x2"),
    ]
    assert [line_text(line) for line in lines] == [
        '{"t":1.0,"what":"payload","source":"rsc","hex":"04000350"}',
        '{"t":9.0,"what":"cue","kind":"spoken","text":"Quicker.","reason":"below","requested_s":9.0,"actual_s":9.02}',
        '{"t":2.0,"what":"sound","state":"playing","slip_frames":0,"latency_s":0.03}',
        '{"t":3.0,"what":"unit","unit":"pod sends strides, x2"}',
    ]
