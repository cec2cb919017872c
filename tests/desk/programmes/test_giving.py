"""A programme given at the desk: told before, written with its reason, refused where it does not fit."""

from dataclasses import replace
from pathlib import Path

import pytest
from athlete_home import AT, DAY, TINY, Home

from cadencecoach.desk.programmes.acting import Act, ActAsked, act_on_programme, foresee_act
from cadencecoach.desk.programmes.giving import GivingAsked, foresee_giving, give_programme, programmes_to_give
from cadencecoach.errors import PlanError, UsageError
from cadencecoach.programme.rules.verdict import Verdict
from cadencecoach.record.entries import CheckIn, Flag, Moment, ProgrammeSet
from cadencecoach.record.profile import Profile
from cadencecoach.store.athlete_programme import under_way
from cadencecoach.store.programme_files import packed_programmes
from cadencecoach.store.roster import make_athlete
from cadencecoach.store.user_store import user_store

NAME = "r7"
ASKED = GivingAsked(athlete=NAME, programme="return6", because="cleared by  her surgeon", at=AT, day=DAY)


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine with one athlete who has no programme."""
    Home(tmp_path).move_in(monkeypatch)
    make_athlete(user_store(), Profile(athlete=NAME, created=DAY))


def give(asked: GivingAsked) -> tuple[str, ...]:
    """Look what follows, then do it."""
    return give_programme(user_store(), asked, seen=foresee_giving(user_store(), asked).mark)


def limps() -> None:
    """A sign to stop is said."""
    said = CheckIn(at=AT, day=DAY, moment=Moment.AFTER, flags=frozenset({Flag.LIMP}))
    user_store().add_entries(NAME, said)


def sets() -> list[ProgrammeSet]:
    """What was set, in order."""
    return [one for one in user_store().log_of(NAME).every if isinstance(one, ProgrammeSet)]


def test_every_programme_that_comes_with_the_program_can_be_given() -> None:
    """By its name, shown by its title."""
    assert programmes_to_give().keys() == packed_programmes().keys()
    assert all(title and title != name for name, title in programmes_to_give().items())


def test_the_first_one_begins_where_the_rules_begin() -> None:
    """What is foreseen comes true, nothing is written before, and the reason is kept."""
    told = foresee_giving(user_store(), ASKED)
    assert sets() == []
    give_programme(user_store(), ASKED, seen=told.mark)
    now = under_way(user_store(), NAME)
    assert now.programme.name == programmes_to_give()["return6"]
    assert now.decision(DAY).level == 0
    assert [one.because for one in sets()] == ["cleared by her surgeon"]
    (then,) = (line for line in told.lines if line.startswith("Then: "))
    assert now.programme.sessions[0].name in then


def test_in_place_of_another_it_begins_at_its_first_session() -> None:
    """The one before is kept, and said to be put aside."""
    give(ASKED)
    step = ActAsked(athlete=NAME, act=Act.FROM, because="further", at=AT, day=DAY, number=3)
    act_on_programme(user_store(), step)
    other = replace(ASKED, programme="field6wk", because="runs again")
    assert programmes_to_give()["return6"] in foresee_giving(user_store(), other).lines[0]
    assert any("the text before is kept" in line for line in give(other))
    now = under_way(user_store(), NAME)
    assert (now.programme.name, now.decision(DAY).level) == (programmes_to_give()["field6wk"], 0)


def test_one_of_ones_own_is_given_as_a_text() -> None:
    """With its plans in it; the text is kept with the athlete, and what is foreseen comes true."""
    own = replace(ASKED, programme="", text=TINY)
    told = foresee_giving(user_store(), own)
    give_programme(user_store(), own, seen=told.mark)
    assert under_way(user_store(), NAME).programme.name == "Tiny"
    assert [one.because for one in sets()] == ["cleared by her surgeon"]


def test_what_the_check_warns_of_is_told_before() -> None:
    """A target far above the one before: who gives it has read so, with its line, and how high it goes."""
    steep = TINY.replace("Two, plan: short, target: +7.5 %", "Two, plan: short, target: +7.5 %, minutes: 30").replace(
        "takes: [target]", "takes: [target, minutes]"
    )
    lines = foresee_giving(user_store(), replace(ASKED, programme="", text=steep)).lines
    assert any("targets up to +7.5 %" in line for line in lines)
    assert [line for line in lines if line.startswith("programme:") and "warning: " in line]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("programme: Other\n", r"^programme:1:1: the programme has no days"),
        ("programme: \ud800\n", r"^programme:1:\d+: .*UTF-8"),
        (TINY + "rulez: {}\n", r"unknown key 'rulez'"),
        (TINY.replace("plan: short", "plan: ./secret"), r"there is no plan 'secret' in this file; there are"),
        (TINY.replace("plan: short", "plan: /etc/passwd"), r"there is no plan '/etc/passwd' in this file; there are"),
    ],
)
def test_a_text_with_mistakes_is_refused_and_opens_no_file(
    text: str, why: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Not one beside the server either; nothing is written."""
    monkeypatch.chdir(tmp_path)
    Path("secret.yaml").write_text("plan: Secret\n", encoding="utf-8")
    with pytest.raises(PlanError, match=why):
        foresee_giving(user_store(), replace(ASKED, programme="", text=text))
    assert sets() == []


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"programme": "nosuch"}, "there is no such programme"),
        ({"programme": "../field6wk"}, "there is no such programme"),
        ({"because": "  "}, "reason"),
        ({"because": "a\x1b[31m"}, "control characters"),
    ],
)
def test_what_cannot_be_given_is_refused(change: dict[str, str], why: str) -> None:
    """Nothing is written."""
    seen = foresee_giving(user_store(), ASKED).mark
    with pytest.raises(UsageError, match=why):
        give_programme(user_store(), replace(ASKED, **change), seen=seen)  # type: ignore[arg-type]  # texts
    assert sets() == []


def test_a_stop_is_ended_by_its_own_act_first() -> None:
    """Giving another programme is no way round it; afterwards it may be given."""
    give(ASKED)
    limps()
    other = replace(ASKED, programme="field6wk")
    with pytest.raises(UsageError, match="end the stop first"):
        foresee_giving(user_store(), other)
    with pytest.raises(UsageError, match="end the stop first"):
        give_programme(user_store(), other, seen="")
    act_on_programme(user_store(), ActAsked(athlete=NAME, act=Act.END_STOP, because="seen", at=AT, day=DAY))
    give(other)
    assert under_way(user_store(), NAME).decision(DAY).verdict is not Verdict.STOP
    assert any(line.startswith("No run today all the same") for line in foresee_giving(user_store(), ASKED).lines)


def test_the_same_one_again_and_a_log_that_has_changed_are_refused() -> None:
    """A second tap gives nothing twice, and what was not seen decides nothing."""
    seen = foresee_giving(user_store(), ASKED).mark
    limps()
    with pytest.raises(UsageError, match="has changed since you looked"):
        give_programme(user_store(), ASKED, seen=seen)
    give(ASKED)
    with pytest.raises(UsageError, match="already"):
        foresee_giving(user_store(), ASKED)


def test_whoever_gives_a_programme_reads_which_holds_end_with_it() -> None:
    """Another clinician may have said them; of none nothing is said."""
    give(ASKED)
    other = replace(ASKED, programme="field6wk", because="runs again")
    assert not any("Takes back" in line for line in foresee_giving(user_store(), other).lines)
    hold = ActAsked(athlete=NAME, act=Act.HOLD, because="the surgeon looks first", at=AT, day=DAY)
    act_on_programme(user_store(), hold)
    told = f"Takes back: hold by hand on {DAY}, because: the surgeon looks first"
    assert told in foresee_giving(user_store(), other).lines
    further = ActAsked(athlete=NAME, act=Act.FROM, because="", at=AT, day=DAY, number=2)
    assert told in foresee_act(user_store(), further).lines


@pytest.mark.parametrize(
    ("pain", "flags", "told"), [(5, (), ""), (6, (), "pain 6 of 10"), (None, (Flag.LIMP,), Flag.LIMP.value)]
)
def test_whoever_gives_the_first_programme_reads_which_signs_to_stop_end_with_it(
    pain: int | None, flags: tuple[Flag, ...], told: str
) -> None:
    """Said when there was no programme that they could stop."""
    said = CheckIn(at=AT, day=DAY, moment=Moment.AFTER, pain=pain, flags=frozenset(flags))
    user_store().add_entries(NAME, said)
    lines = foresee_giving(user_store(), replace(ASKED, programme="field6wk")).lines
    ended = [line for line in lines if line.startswith("This ends a sign to stop: ")]
    assert ended == ([f"This ends a sign to stop: {told}, said on {DAY}."] if told else [])
