"""The caseload as a page: a table a section, which becomes cards on a phone. Everything in it is escaped."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from urllib.parse import quote, urlencode

from cadencecoach.clinic.alerts import Alert
from cadencecoach.clinic.caseload import Section, Standing
from cadencecoach.plan.phrasebook import ENGLISH
from cadencecoach.view.caseload import words
from cadencecoach.view.drawing.markup import Markup, element, group, path_of
from cadencecoach.view.report.page import NOTHING, page, paragraph

WIDTH, HEIGHT, PAD, WORST = 112.0, 30.0, 3.0, 10
COLUMNS = ("Patient", "Why", "Programme, week", "Last run", "Pain, 14 days", "Kept alone, spm", "Done", "Due")
WIDTHS = ("14%", "31%", "15%", "7%", "12%", "9%", "6%", "6%")  # the same in every section
IN_FIGURES = frozenset({"Last run", "Kept alone, spm", "Done"})
ALERTS_ID = "alerts"
SMALL_PRINT = (
    "Kept alone: the change of cadence that was there without help at the last probe, of the change asked for. "
    "Done: sessions of the last four weeks, of those the programme had room for. "
    "Not a diagnosis. Closing an alert ends no stop: the programme stays stopped until somebody ends the stop."
)


def caseload_page(day: date, patients: Sequence[Standing], *, is_practice: bool) -> str:
    """The whole file, as text.

    Args:
        day: which
        patients: the worst first; no text in them is trusted
        is_practice: nobody of them is real
    """
    title = "Practice caseload" if is_practice else "Caseload"
    parts = caseload_parts(day, patients, is_practice=is_practice)
    return page(ENGLISH, f"{title}, {day}", parts)


def caseload_parts(
    day: date, patients: Sequence[Standing], *, is_practice: bool, opens: str = "", ways: Markup | None = None
) -> Markup:
    """What stands on the page.

    Args:
        day: which
        patients: the worst first; no text in them is trusted
        is_practice: nobody of them is real
        opens: address of the pages of patients, up to their names; empty in a file, which leads nowhere
        ways: to the patients of one owner, and back to all
    """
    claim = [paragraph(words.PRACTICE, "claim")] if is_practice else []
    before, on, after = words.heading(day, patients, is_practice=is_practice).partition(f"{day}")
    title = element("h1", before, element("span", on, class_="day"), after)
    alerts = [(one, alert) for one in patients for alert in one.alerts]
    ways_on = [] if ways is None else [ways, _parts(patients, len(alerts))]
    header = element("header", *claim, paragraph("Caseload", "about"), title, *ways_on)
    sections = [
        _section(section, [one for one in patients if one.section is section], opens)
        for section in Section
        if any(one.section is section for one in patients)
    ]
    return group(
        [header, *sections, *([alerts_table(alerts, opens)] if alerts else []), paragraph(SMALL_PRINT, "note")]
    )


def owner_links(owners: Mapping[str, int], chosen: str, me: str, *, is_practice: bool) -> Markup:
    """To the patients of whom somebody has taken on an alert, mine first, and to all.

    Args:
        owners: each with the number of patients
        chosen: whose are shown; empty for all
        me: the account of this computer
        is_practice: of the practice athletes
    """
    practice = {"practice": "1"} if is_practice else {}
    mine = next((owner for owner in owners if owner.casefold() == me.casefold()), me)
    links = [("All", ""), (f"Mine ({owners.get(mine, 0)})", mine)]
    links += [(f"{owner} ({number})", owner) for owner, number in owners.items() if owner != mine]
    ways = (
        element(
            "a",
            name,
            class_="btn",
            href=f"/caseload?{urlencode({**practice, **({'owner': owner} if owner else {})})}".removesuffix("?"),
            aria_current="true" if owner.casefold() == chosen.casefold() else None,
        )
        for name, owner in links
    )
    return element("nav", *ways, class_="row", aria_label="Whose alerts")


def _parts(patients: Sequence[Standing], n_alerts: int) -> Markup:
    """To each section, and to the alerts: with thirty patients they are some screens below."""
    counts = [(section.value, sum(one.section is section for one in patients)) for section in Section]
    links = [(f"{name} ({number})", _id(name)) for name, number in counts if number]
    links += [(f"Open alerts ({n_alerts})", ALERTS_ID)] if n_alerts else []
    ways = (element("a", name, class_="btn", href=f"#{id_}") for name, id_ in links)
    return element("nav", *ways, class_="row parts", aria_label="Parts of this page")


def _id(section: str) -> str:
    return section.lower().replace(" ", "-")


def _section(section: Section, those: Sequence[Standing], opens: str) -> Markup:
    columns = element("colgroup", *(element("col", width=width) for width in WIDTHS))
    rows = (element("tr", *_cells(one, opens)) for one in those)
    table = element("table", columns, _head(COLUMNS), element("tbody", *rows), class_="cards")
    title = element("h2", f"{section.value} ({len(those)})")
    return element("section", title, table, class_="caseload", id=_id(section.value))


def _head(columns: Sequence[str]) -> Markup:
    cells = (element("th", one, scope="col", class_=None if one in IN_FIGURES else "words") for one in columns)
    return element("thead", element("tr", *cells))


def _cells(one: Standing, opens: str) -> Iterator[Markup]:
    week = words.week_words(one)
    programme = ", ".join(filter(None, (one.programme, f"week {week}" if week else "")))
    tag = [element("span", "practice", class_="tag")] if one.is_practice else []
    yield element("th", _name(one, opens), *tag, scope="row")
    told = words.verdict_words(one)
    more = [element("br"), element("span", told, class_="note")] if told else []
    yield element("td", one.reason or NOTHING, *more, class_="words wide", data_label=COLUMNS[1])
    yield _cell(2, programme, "words")
    yield _cell(3, words.last_run_words(one))
    yield element("td", pain_svg(one), class_="words", data_label=COLUMNS[4])
    yield _cell(5, words.kept_words(one))
    yield _cell(6, words.done_words(one))
    yield _cell(7, ", ".join(one.due), "words")


def _name(one: Standing, opens: str) -> Markup | str:
    return element("a", one.athlete, href=f"{opens}{quote(one.athlete, safe='')}") if opens else one.athlete


def _cell(column: int, text: str, class_: str | None = None) -> Markup:
    return element("td", text or NOTHING, class_=class_ if text else "none", data_label=COLUMNS[column])


def alerts_table(those: Sequence[tuple[Standing, Alert]], opens: str = "") -> Markup:
    """Open alerts under their heading; names lead to the patients, where `opens` says how addresses begin."""
    columns = ("Alert", "Patient", "Grade", "What", "Raised", "Owner")
    rows = (
        element(
            "tr",
            element("th", element("code", alert.id), scope="row"),
            element("td", _name(one, opens), class_="words", data_label=columns[1]),
            element("td", alert.grade.value, class_=f"words grade-{alert.grade.value}", data_label=columns[2]),
            element("td", alert.words, class_="words wide", data_label=columns[3]),
            element("td", f"{alert.raised}, {alert.raised_by}", class_="words", data_label=columns[4]),
            element("td", alert.owner or "nobody", class_="words", data_label=columns[5]),
            data_alert=alert.id,
            data_athlete=one.athlete,
            data_what=alert.words,
            data_more=str(alert.n_more),
        )
        for one, alert in those
    )
    table = element("table", _head(columns), element("tbody", *rows), class_="cards")
    return element("section", element("h2", f"Open alerts ({len(those)})"), table, class_="caseload", id=ALERTS_ID)


def pain_svg(one: Standing) -> Markup:
    """The pain of the last days as a line, a gap where nothing was said, with its highest value and place in words."""
    step = WIDTH / max(1, len(one.pains))
    runs: list[list[tuple[float, float]]] = [[]]
    for place, pain in enumerate(one.pains):
        if pain is None:
            runs.append([])
        else:
            runs[-1].append(((place + 0.5) * step, HEIGHT - PAD - pain / WORST * (HEIGHT - 2 * PAD)))
    said = words.pain_words(one)
    lines = [element("path", d=path_of(points), class_="cadence") for points in runs if points]
    if not lines:
        return element("span", said)
    picture = element(
        "svg",
        element("path", d=path_of([(0, HEIGHT - PAD), (WIDTH, HEIGHT - PAD)]), class_="grid"),
        *lines,
        viewBox=f"0 0 {WIDTH:g} {HEIGHT:g}",
        width=WIDTH,
        height=HEIGHT,
        class_="pain-line",
        role="img",
        aria_label=f"pain of 14 days, {said}",
    )
    return group([picture, element("br"), element("span", said)])
