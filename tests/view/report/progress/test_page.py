"""The page of an athlete."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from athlete_year import FIRST, LAYOFF_WEEKS, PLATEAU_WEEKS, rows_and_entries
from each_row import each_row
from progress_athletes import ATHLETES, calf_rising, fine, stopped, three_runs, without_baseline
from well_formed import loads_something, parsed, texts

from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.programme.adherence import Adherence
from cadencecoach.record.entries import BaselineTaken, CheckIn, Decided, Entry, ItemDone, Moment
from cadencecoach.record.progress.athlete import progress_of
from cadencecoach.record.row import SessionRow
from cadencecoach.view.report.progress.page import progress_page
from cadencecoach.view.report.progress.sheet import Finding, NextSession, ProgressSheet
from cadencecoach.view.report.progress.story import flats, headline

HOSTILE = "</svg><script>alert('1')</script>\u202e & \" x=\"<b>"


def page_of(rows: tuple[SessionRow, ...], entries: tuple[Entry, ...] = (), **fields: object) -> str:
    """A page of sessions and a log."""
    given: dict[str, object] = {"athlete": "maple", "progress": progress_of(rows, entries), "entries": entries}
    return progress_page(ProgressSheet(**(given | fields)))  # type: ignore[arg-type]


def plain_row(n: int, **fields: object) -> SessionRow:
    """A run every second day."""
    day = date(2026, 1, 5) + timedelta(days=2 * n)
    given: dict[str, object] = {"mean_cadence_spm": 165.0, "running_s": 1200.0, "duration_s": 1200.0}
    return SessionRow(id=f"{n}", started=f"{day}T07:00:00Z", day=day, **(given | fields))  # type: ignore[arg-type]


def test_a_year_tells_what_was_put_into_it() -> None:
    """The rise, the plateau, the layoff and the week of pain are each said in words, with their times."""
    rows, entries = rows_and_entries()
    told = texts(page_of(rows, entries))
    for words in (
        *("above the baseline: more than chance", "A layoff of 37 days from 12 Jul 2025"),
        *(
            "Own cadence stayed level for 15 weeks, from 26 Mar 2025 to 11 Jul 2025",
            "Pain of 4 or more out of 10 on 3 days between 20 Oct 2025 and 24 Oct",
        ),
    ):
        assert words in told


def test_findings_made_before_the_first_run_are_shown() -> None:
    """Nothing was run, and what was measured is there."""
    assert "knee valgus" in texts(page_of((), findings=(Finding("knee valgus", "9 deg", ""),)))


def test_a_year_shows_what_was_put_into_it() -> None:
    """The same in the picture: a bracket, a hatching through three panels, a label at the pain."""
    rows, entries = rows_and_entries()
    picture = next(node for node in parsed(page_of(rows, entries)).iter("svg") if node.get("class") == "form-w")
    labels = [node.text for node in picture.iter("text")]
    classes = [node.get("class") for node in picture.iter()]
    assert "15 weeks: no change" in labels
    assert "pain 6" in labels
    assert f"{7 * len(LAYOFF_WEEKS) + 2} days" in labels
    assert (classes.count("bracket"), classes.count("layoff")) == (2, 3)


def test_the_plateau_found_is_the_one_put_in() -> None:
    """The first level stretch begins within four weeks of the plateau's beginning and ends with the layoff."""
    first = flats(progress_of(*rows_and_entries()))[0]
    assert abs((first.first - (FIRST + timedelta(weeks=PLATEAU_WEEKS.start))).days) < 28
    assert first.last >= FIRST + timedelta(weeks=PLATEAU_WEEKS.stop, days=-4)


def test_a_year_is_small_and_loads_nothing() -> None:
    """150 sessions: well-formed, below 300 kB, nothing fetched."""
    rows, entries = rows_and_entries()
    page = page_of(rows, entries)
    assert len(page.encode()) < 300_000
    assert loads_something(page) == []


@pytest.mark.slow
def test_many_sessions_stay_small() -> None:
    """Five hundred sessions: the list is cut, and the page says so."""
    page = page_of(tuple(plain_row(n, plan_name=f"Plan {n}") for n in range(500)))
    assert len(page.encode()) < 300_000
    assert "300 older sessions are left out here" in texts(page)


def test_runs_with_help_are_never_the_headline() -> None:
    """Eight runs whose coached cadence rose by ten: own cadence was not measured, and that is said."""
    told = texts(page_of(tuple(plain_row(n, mean_cadence_spm=160.0 + n) for n in range(8))))
    assert "No baseline yet, so own cadence cannot be compared." in told
    assert "more than chance," not in told


@each_row(
    ("name", "words"),
    [
        ("fine", "Own cadence is 5.5 spm (3.4 %) above the baseline: more than chance."),
        ("stopped", "Stopped: swelling, pain 7 of 10 (knee), reported on 30 Mar 2026"),
        ("calf rising", "Own cadence is 4.8 spm (3.0 %) above the baseline: more than chance."),
        ("without baseline", "No baseline yet, so own cadence cannot be compared."),
        ("three runs", "Baseline 160.0 spm; nothing has been measured without help since."),
    ],
)
def test_the_headline_is_the_stop_or_else_own_cadence(name: str, words: str) -> None:
    """One sentence of each made athlete; coached cadence has no part in it."""
    assert headline(ATHLETES[name](ENGLISH)) == words


def test_a_stop_does_not_hide_own_cadence() -> None:
    """It stands in the first sentence below, and what to do beside it."""
    told = texts(progress_page(stopped()))
    assert "Own cadence is 3.4 spm (2.1 %) above the baseline: more than chance." in told
    assert "Then ask the clinician before you go on." in told


def test_baseline_now_and_reassessed_stand_side_by_side() -> None:
    """Each with its day and its runs, each change with what chance can do."""
    told = texts(progress_page(fine()))
    assert "160.0 spm baseline, 3 Mar 2026, 2 runs" in told
    assert "164.8 spm without help now, 4 runs to 13 Apr 2026; +4.8 spm, more than chance, 2.7 spm" in told
    assert "165.5 spm reassessed, 16 Apr 2026, 2 runs; +5.5 spm, more than chance, 3.1 spm" in told


def test_what_is_not_known_is_a_dash_and_said() -> None:
    """No reassessment, no probe, no baseline: never a zero."""
    told = texts(progress_page(three_runs()))
    assert "\u2013 without help now: not measured since the baseline" in told
    assert "\u2013 reassessed: not yet" in told
    assert "\u2013 baseline: not measured yet" in texts(progress_page(without_baseline()))
    assert "highest pain rated" not in told


def test_a_tapped_baseline_is_said_as_such() -> None:
    """Where it is told first, and what it means."""
    told = texts(progress_page(three_runs()))
    assert "1 run; taps, up to 3 spm off; provisional" in told
    assert "The baseline comes from a coarse source and may be 3 spm off" in told


def test_what_was_not_asked_for_is_told_as_seen_together() -> None:
    """Cadence up, calf pain up, knee pain down: no word of a cause."""
    told = texts(progress_page(calf_rising()))
    assert "in the same weeks pain rose (calf: 1.0 to 3.5 of 10). This was seen together; it does not say why." in told
    assert "pain: calf 1.0 3.5 more" in told
    assert "pain: knee 2.8 0.8 less" in told
    for word in ("because of", "due to", "led to", "injur", "caused by"):
        assert word not in told


def test_a_day_without_an_answer_draws_nothing() -> None:
    """The panels have as many marks as there were answers."""
    sheet = fine()
    page = parsed(progress_page(sheet))
    picture = next(node for node in page.iter("svg") if node.get("class") == "form-w")
    cues = [node.get("d", "").count("M") for node in picture.iter("path") if node.get("class") == "cue"]
    bars = [node.get("d", "").count("M") for node in picture.iter("path") if node.get("class") == "answer"]
    assert cues[0] == len(sheet.felt.no_pain) == 14
    assert cues[1] + bars[0] == len(sheet.felt.soreness) == 15
    assert len(sheet.progress.sessions) == 18


def test_places_of_pain_differ_in_form() -> None:
    """Knee and calf can be told apart without colour."""
    page = parsed(progress_page(calf_rising()))
    legend = next(node for node in page.iter("ul") if node.get("class") == "legend")
    forms = [node.get("d") for node in legend.iter("path") if node.get("class") == "pain"]
    assert len(forms) == len(set(forms)) == 2


def test_findings_stand_side_by_side() -> None:
    """What was seen at the baselines, and what is handed in; a dash where nobody looked again."""
    told = texts(progress_page(fine()))
    assert "pelvic drop, left 8 deg 5 deg foot strike heel midfoot knee valgus, left 8 deg 5 deg" in told
    assert "pelvic drop, left 8 deg \u2013" in texts(progress_page(calf_rising()))
    assert "Findings" not in texts(progress_page(without_baseline()))


def test_sessions_go_by_their_names_in_the_programme() -> None:
    """And by their plan where the programme has none for them."""
    assert "Week 6 run 3" in texts(progress_page(fine())).split("Sessions")[1]
    assert "Twenty minutes, plus 5 percent" in texts(progress_page(calf_rising()))


def test_without_a_session_there_is_a_page() -> None:
    """A baseline alone."""
    day = date(2026, 1, 5)
    told = texts(page_of((), (BaselineTaken(at="", day=day, cadence_spm=162.0),)))
    assert "Baseline 162.0 spm; nothing has been measured without help since." in told
    assert "No session with any running yet." in texts(page_of(()))


def test_simulations_are_said_first() -> None:
    """How many of the sessions nobody ran is the first thing on the page."""
    page = page_of((plain_row(0), plain_row(1, origin="replay")))
    main = parsed(page).find("body/main")
    assert main is not None
    assert "".join(main.itertext()).startswith(
        "1 of 2 sessions are simulations, replays or rehearsals; nobody was coached in them."
    )


def test_hostile_texts_stay_texts() -> None:
    """Nothing from a file or a log becomes markup."""
    day = date(2026, 1, 5)
    entries = (
        BaselineTaken(at="", day=day, cadence_spm=162.0, surface=HOSTILE, seen=((HOSTILE, HOSTILE),)),
        CheckIn(at="", day=day, moment=Moment.AFTER, session="0", pain=7, note=HOSTILE),
        Decided(at="", day=day, verdict=HOSTILE, level=1, reasons=(HOSTILE,)),
        ItemDone(at="", day=day, item=HOSTILE),
    )
    rows = (plain_row(0, plan_name=HOSTILE), plain_row(1))
    handed = {
        "next": NextSession(says=HOSTILE, details=(HOSTILE,), why=(HOSTILE,)),
        "stop": HOSTILE,
        "names": {"1": HOSTILE},
        "findings": (Finding(HOSTILE, HOSTILE, HOSTILE),),
    }
    page = page_of(rows, entries, athlete=HOSTILE, **handed, remarks=(HOSTILE,))
    assert loads_something(page) == []
    assert "\u202e" not in page


def test_the_reasons_of_a_decision_stand_apart() -> None:
    """Where one ends and the next begins is seen."""
    reasons = ("morning: knee pain 3", "clean: nothing else")
    decided = Decided(at="", day=date(2026, 1, 5), verdict="hold", level=1, reasons=reasons)
    assert "hold: morning: knee pain 3 · clean: nothing else" in texts(page_of((plain_row(0),), (decided,)))


def test_a_baseline_run_that_was_accepted_is_listed_once() -> None:
    """The yes is the same run again, and no second one."""
    taps = BaselineTaken(at="", day=date(2026, 1, 5), cadence_spm=162.0, session="0", taken_by="taps", error_spm=3.0)
    page = texts(page_of((plain_row(0), plain_row(1)), (taps, replace(taps, at="later", accepted="by eye"))))
    assert page.count("162.0 spm, taps (±3)") == 1


def test_the_next_session_and_why_is_shown() -> None:
    """The lines a programme hands over stand under their heading; without them there is no heading."""
    rows = (plain_row(0), plain_row(1))
    following = NextSession(says="Thursday: 20 min.", why=("rest until then",))
    assert "Next session, and why Thursday: 20 min. rest until then" in texts(page_of(rows, next=following))
    assert "Next session" not in texts(page_of(rows))


def test_adherence_is_shown_where_somebody_planned() -> None:
    """Sessions done over sessions planned."""
    told = Adherence(n_done=2, n_planned=4, since=date(2026, 1, 5))
    page = page_of((plain_row(0), plain_row(1)), adherence=told)
    assert "2 of 4 sessions done, of those planned since 5 Jan 2026" in texts(page)
    assert "planned since" not in texts(page_of((plain_row(0),)))
    nothing_due = Adherence(n_done=0, n_planned=0, since=date(2026, 1, 5))
    assert "planned since" not in texts(page_of((plain_row(0),), adherence=nothing_due))


def test_how_steps_keep_to_the_beat_is_told_at_first_and_lately() -> None:
    """Beside what else a sensor told; nothing where none told footfalls."""
    told = {"in_step_steps": 900, "in_step_sd_ms": 61.0, "in_step_near_ratio": 0.52}
    late = {**told, "in_step_mean_ms": 12.0, "in_step_near_ratio": 0.81}
    rows = (
        *(plain_row(n, **told, in_step_mean_ms=-35.0) for n in range(4)),
        *(plain_row(n, **late) for n in (5, 6, 7, 8)),
    )
    page = texts(page_of(rows)).replace("\u00a0", " ")
    assert "Steps and beat, at first" in page
    assert "35 ms before the beat on average, spread 61 ms; 52 % of steps within 50 ms" in page
    assert "12 ms after the beat on average, spread 61 ms; 81 % of steps within 50 ms" in page
    assert "Steps and beat" not in texts(page_of(tuple(plain_row(n) for n in range(4))))
