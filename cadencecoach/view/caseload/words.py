"""Words and small pictures of a line of the caseload, for terminal and page."""

from collections.abc import Sequence
from datetime import date

from cadencecoach.clinic.alerts import Alert
from cadencecoach.clinic.caseload import Section, Standing
from cadencecoach.view.glyphs import Glyphs

PRACTICE = "Practice athletes: made up, run by a simulated runner, and counted nowhere."
BLOCKS = "▁▁▂▃▄▅▅▆▇██"  # by pain, 0 to 10
NOT_SAID = "·"


def heading(day: date, patients: Sequence[Standing], *, is_practice: bool) -> str:
    """How many there are, by section."""
    what = ("practice athlete", "practice athletes") if is_practice else ("patient", "patients")
    counts = [(section, sum(one.section is section for one in patients)) for section in Section]
    told = ", ".join(f"{number} {section.value.lower()}" for section, number in counts if number)
    return f"{len(patients)} {what[len(patients) != 1]} on {day}" + (f": {told}" if told else "")


def week_words(one: Standing) -> str:
    """The week of the programme."""
    return "" if one.week is None else f"{one.week[0]}/{one.week[1]}"


def last_run_words(one: Standing) -> str:
    """How long ago the last run was."""
    days = one.last_run_days
    return "never" if days is None else "today" if days == 0 else f"{days} d"


def done_words(one: Standing) -> str:
    """Sessions done of those there was room for."""
    return "" if one.sessions is None or not any(one.sessions) else f"{one.sessions[0]} of {one.sessions[1]}"


def kept_words(one: Standing) -> str:
    """The change kept without help, and the change asked for."""
    return "" if one.kept_spm is None else f"{one.kept_spm[0]:+.1f} of {one.kept_spm[1]:+.1f}"


def verdict_words(one: Standing) -> str:
    """What the programme decides, and who has taken on the worst alert."""
    verdict = f"verdict: {one.verdict}" if one.verdict else ""
    return "; ".join(filter(None, (verdict, f"with {one.owner}" if one.owner else "")))


def pain_words(one: Standing) -> str:
    """The worst pain of the last days, in words."""
    said = [pain for pain in one.pains if pain is not None]
    if not said:
        return "nothing said"
    site = f", {one.pain_site}" if one.pain_site else ""
    return f"highest {max(said)}{site}"


def pain_blocks(one: Standing, glyphs: Glyphs) -> str:
    """The pain of the last days in a row of signs: blocks, or figures where there are none; a point: nothing said."""
    if glyphs.encoding == "ascii":
        return "".join("." if pain is None else "x" if pain > 9 else str(pain) for pain in one.pains)  # noqa: PLR2004
    return "".join(NOT_SAID if pain is None else BLOCKS[pain] for pain in one.pains)


def owner_words(alert: Alert) -> str:
    """Who owns an alert."""
    return f"owned by {alert.owner}" if alert.owner else "nobody owns it"
