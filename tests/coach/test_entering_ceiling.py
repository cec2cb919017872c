"""The clinician's limit against plan, keys and flags."""

from dataclasses import replace

from coach_rig import STAGE, CoachRig, plan_of
from each_row import each_row
from hypothesis import given
from hypothesis import strategies as st

from cadencecoach.coach.actions import EnterStage, WriteNote
from cadencecoach.coach.events import Key
from cadencecoach.coach.state import begin
from cadencecoach.plan.model import AthleteBaseline, Fixed, Limits, Relative

PLUS_5 = replace(STAGE, target=Relative(0.05))


def rig_with(limits: Limits, *stages: object, baseline_spm: float | None = 160.0) -> CoachRig:
    """A coach under limits."""
    rig = CoachRig(PLUS_5)
    plan = replace(plan_of(*stages, baseline=AthleteBaseline()), limits=limits)  # type: ignore[arg-type]  # stages
    rig.state = begin(plan, baseline_spm)
    return rig.until(0.0)


def targets(rig: CoachRig) -> list[float]:
    """Every target that was announced, rounded for reading."""
    return [round(action.band.target_spm, 6) for action in rig.all_of(EnterStage)]


def test_the_key_stops_at_the_limit_and_says_so() -> None:
    """From +5 % of 160 two steps up are within +6.5 %, the rest of the third counts, the fourth is refused."""
    rig = rig_with(Limits(target_ratio=0.065), PLUS_5)
    for second in range(1, 5):
        rig.press(float(second), Key.UP)
    assert targets(rig) == [168.0, 169.0, 170.0, 170.4]
    notes = [(note.time_s, note.about, note.text) for note in rig.all_of(WriteNote)]
    assert notes == [(4.0, "limit", "target not raised: +6.5 % is the limit of the programme")]


def test_the_key_down_is_felt_at_once() -> None:
    """Pressing against the limit does not pile up."""
    rig = rig_with(Limits(target_ratio=0.05), PLUS_5)
    for second in range(1, 9):
        rig.press(float(second), Key.UP)
    rig.press(10.0, Key.DOWN)
    assert targets(rig) == [168.0, 167.0]


@each_row("target", [Relative(0.09), Fixed(190.0)])
def test_a_plan_that_asks_for_more_is_brought_down(target: Relative | Fixed) -> None:
    """The band comes down as a whole."""
    rig = rig_with(Limits(target_ratio=0.05), replace(STAGE, target=target))
    (entered,) = rig.all_of(EnterStage)
    assert entered.band.target_spm == 168.0
    assert entered.band.low_spm < 168.0 < entered.band.high_spm


def test_a_baseline_by_flag_does_not_move_the_limit() -> None:
    """The limit counts from the athlete's own baseline where that is known: `--baseline 180` gains nothing."""
    rig = rig_with(Limits(target_ratio=0.05, baseline_spm=160.0), PLUS_5, baseline_spm=180.0)
    assert targets(rig) == [168.0]


@given(
    limit=st.floats(0.0, 0.1),
    asked=st.floats(-0.2, 0.2),
    keys=st.lists(st.sampled_from([Key.UP, Key.DOWN, Key.NEXT]), max_size=25),
    baseline_spm=st.floats(140, 190),
)
def test_no_keys_and_no_plan_pass_the_limit(limit: float, asked: float, keys: list[Key], baseline_spm: float) -> None:
    """Whatever is pressed in whatever plan."""
    stages = [replace(STAGE, target=Relative(asked)), PLUS_5, replace(STAGE, target=Relative(limit))]
    rig = rig_with(Limits(target_ratio=limit), *stages, baseline_spm=baseline_spm)
    for second, key in enumerate(keys, start=1):
        rig.press(float(second), key)
    bands = [action.band for action in rig.all_of(EnterStage) if action.band is not None]
    assert all(band.target_spm <= baseline_spm * (1 + limit) + 1e-9 for band in bands)


OWN = "target not raised: +10 % over your own cadence is the limit for the keys"
NONE_SET = (  # what the stage asks for at an own cadence of 160, how often the key up is pressed, and what it comes to
    (Relative(0.05), 7, 175.0, ()),
    (Relative(0.05), 8, 176.0, ()),
    (Relative(0.05), 9, 176.0, (OWN,)),
    (Relative(0.10), 1, 176.0, (OWN,)),
    (Relative(0.12), 1, 179.2, (OWN,)),  # with its author's reason; a key has none
    (Fixed(175.5), 1, 176.0, ()),
    (Fixed(190.0), 1, 190.0, (OWN,)),
    (Relative(-0.05), 10, 162.0, ()),  # here `key-limit` ends it
)


@each_row(("target", "n_keys", "target_spm", "notes"), NONE_SET)
def test_where_no_limit_is_set_keys_reach_ten_percent_over_own_cadence(
    target: Relative | Fixed, n_keys: int, target_spm: float, notes: tuple[str, ...]
) -> None:
    """Below it, at it and above it; what the plan itself asks for stays, and is not added to."""
    rig = rig_with(Limits(), replace(STAGE, target=target))
    for second in range(1, n_keys + 1):
        rig.press(float(second), Key.UP)
    assert targets(rig)[-1] == target_spm
    assert [note.text for note in rig.all_of(WriteNote)] == [*notes]


def test_what_keys_added_in_one_stage_is_held_in_the_next() -> None:
    """Eight up at +5 % are none at +10 %, and eight again at +5 %."""
    rig = rig_with(Limits(), PLUS_5, replace(STAGE, target=Relative(0.10)), PLUS_5)
    for second in range(1, 9):
        rig.press(float(second), Key.UP)
    rig.press(10.0, Key.NEXT)
    rig.press(20.0, Key.NEXT)
    assert targets(rig)[-3:] == [176.0, 176.0, 176.0]


def test_a_clinicians_higher_limit_is_the_keys_too() -> None:
    """Whoever allows 12 % has said so."""
    rig = rig_with(Limits(target_ratio=0.12), replace(STAGE, target=Relative(0.10)))
    for second in range(1, 6):
        rig.press(float(second), Key.UP)
    assert targets(rig)[-1] == 179.2


def test_without_an_own_cadence_the_key_moves_as_far_as_ever() -> None:
    """Nobody knows what ten percent would be."""
    rig = rig_with(Limits(), replace(STAGE, target=Fixed(175.0)), baseline_spm=None)
    for second in range(1, 12):
        rig.press(float(second), Key.UP)
    assert targets(rig)[-1] == 185.0


@given(
    asked=st.lists(st.floats(-0.2, 0.2), min_size=1, max_size=4),
    keys=st.lists(st.sampled_from([Key.UP, Key.DOWN, Key.NEXT, Key.PAUSE]), max_size=40),
    baseline_spm=st.floats(140, 190),
)
def test_no_keys_pass_ten_percent_or_the_plan(asked: list[float], keys: list[Key], baseline_spm: float) -> None:
    """Whatever is pressed in whatever stages, without any limit set."""
    rig = rig_with(Limits(), *(replace(STAGE, target=Relative(ratio)) for ratio in asked), baseline_spm=baseline_spm)
    for second, key in enumerate(keys, start=1):
        rig.press(float(second), key)
    for entered in rig.all_of(EnterStage):
        most = max(0.10, asked[entered.index])
        assert entered.band.target_spm <= baseline_spm * (1 + most) + 1e-9
