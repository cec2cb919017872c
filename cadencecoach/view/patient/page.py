"""The page of one patient, for the clinician: who, what comes next and why, the course, and all that was said.

Everything in it is escaped. The words are English, as those of the other tools of the clinician.
"""

from collections.abc import Iterator, Sequence
from urllib.parse import quote

from cadencecoach.record.entries import To
from cadencecoach.view.caseload.page import alerts_table
from cadencecoach.view.caseload.words import PRACTICE, done_words, kept_words, last_run_words, pain_words, week_words
from cadencecoach.view.drawing.markup import Markup, element, group
from cadencecoach.view.patient import forms
from cadencecoach.view.patient.sheet import Found, Patient, Prescribed, Run, Written
from cadencecoach.view.report.page import NOTHING, paragraph, tie_units
from cadencecoach.view.report.progress.chart import progress_chart

SHOWN = 8  # of a list; the older ones are folded away
PARTS = (
    ("next", "Next"),
    ("baseline", "Baseline"),
    ("course", "Course"),
    ("runs", "Runs"),
    ("said", "Check-ins"),
    ("exercises", "Exercises"),
    ("findings", "Findings"),
    ("messages", "Messages"),
    ("decided", "Decided"),
)
UNKNOWN_NEXT = "What comes next is not known while log or programme cannot be read."
NO_EMERGENCY = (
    "Not for emergencies: they might not be read today. The runner sees a message before the next session; "
    "a note is shown to nobody."
)


def patient_parts(one: Patient) -> Markup:
    """What stands on the page; no text in it is trusted."""
    problem = [element("div", paragraph(one.problem), class_="alert bad", role="alert")] if one.problem else []
    alerts = [(one.standing, alert) for alert in one.standing.alerts]
    parts = [_header(one), *problem, _glance(one), _ways(one), *([alerts_table(alerts)] if alerts else [])]
    parts += [element("div", _next(one), _who(one), class_="two")]
    if one.is_readable:
        parts += [_course(one), _runs(one), _check_ins(one), _findings(one), _messages(one)]
    if decided := _decisions(one):
        parts += [_section("decided", "Set and decided by people", _list(map(_line, decided)))]
    return group([*parts, forms.act_dialog(one.prescribed, one.gives)])


def _section(id_: str, title: str, *inside: Markup) -> Markup:
    return element("section", element("h2", title), *inside, id=id_)


def _list(lines: Iterator[Markup] | Sequence[Markup]) -> Markup:
    return element("ul", *lines, class_="lines")


def _line(words: str) -> Markup:
    return element("li", tie_units(words))


def _dated_line(day: object, words: str) -> Markup:
    return element("li", element("b", str(day)), " ", element("span", tie_units(words)))


def _fold_away(lines: Sequence[Markup], nothing: str) -> Markup:
    """A list of which the older lines are folded away."""
    if not lines:
        return paragraph(nothing, "quiet")
    older = lines[SHOWN:]
    fold = [element("details", element("summary", f"{len(older)} older", class_="btn"), _list(older))] if older else []
    return group([_list(lines[:SHOWN]), *fold])


def _header(one: Patient) -> Markup:
    claim = [paragraph(PRACTICE, "claim")] if one.is_practice else []
    section = one.standing.section.value
    kind = f"stand stand-{section.lower().replace(' ', '-')}"
    reason = one.standing.reason.removeprefix(f"{section.lower()}: ")
    stand = element("p", element("b", f"{section}:"), " ", tie_units(reason), class_=kind)
    return element("header", *claim, paragraph(f"Patient, {one.day}", "about"), element("h1", one.athlete), stand)


def _glance(one: Patient) -> Markup:
    told = (
        ("Week of the programme", week_words(one.standing)),
        ("Last run", _last_run(one)),
        ("Done in four weeks", done_words(one.standing)),
        ("Pain, 14 days", pain_words(one.standing)),
        ("Kept alone, spm", kept_words(one.standing)),
        ("Due", ", ".join(one.standing.due) or "nothing"),
    )
    if not one.is_readable:
        return group([])
    cells = (element("li", element("span", name), " ", element("b", said or NOTHING)) for name, said in told)
    return element("ul", *cells, class_="glance")


def _last_run(one: Patient) -> Markup | str:
    """How long ago it was; a touch away from its report."""
    said = last_run_words(one.standing)
    return (
        element("a", said, href=_report_of(one.runs[0]), aria_label=f"Report: last run, {said}") if one.runs else said
    )


def _report_of(run: Run) -> str:
    return f"/sessions/{quote(run.report, safe='')}/report"


def _decisions(one: Patient) -> Sequence[str]:
    """What people set and decided; nothing where there is no programme."""
    return () if one.prescribed is None else one.prescribed.decided


def _ways(one: Patient) -> Markup:
    """To the parts of the page that it has, and to what is printed."""
    if not one.is_readable:
        return group([])
    unread = f" ({len(one.unread)} unread)" if one.unread else ""
    links = [
        element("a", f"{name}{unread if id_ == 'messages' else ''}", class_="btn", href=f"#{id_}")
        for id_, name in PARTS
        if {"exercises": bool(one.exercises), "decided": bool(_decisions(one))}.get(id_, True)
    ]
    if one.progress is not None:
        links += [element("a", "Progress, to print", class_="btn", href=_address(one, "progress"))]
    links += [element("a", "Playbook, to print", class_="btn", href=_address(one, "playbook"))]
    return element("nav", *links, class_="row parts", aria_label="Parts of this page")


def _address(one: Patient, page: str) -> str:
    return f"/patients/{quote(one.athlete, safe='')}/{page}"


def _next(one: Patient) -> Markup:
    if one.prescribed is not None:
        return _section("next", "Next session", *_prescription(one.prescribed))
    if one.start:
        yours = element("p", "One of your own, in a terminal: ", element("code", one.start), class_="quiet")
        return _section("next", "Next session", paragraph("No programme yet."), forms.give_button(), yours)
    return _section("next", "Next session", paragraph(UNKNOWN_NEXT))


def _prescription(one: Prescribed) -> Iterator[Markup]:
    if one.not_today:
        yield element("div", paragraph(f"No run today: {one.not_today}"), class_="alert bad")
    yield element("p", element("b", tie_units(one.headline)))
    yield from map(paragraph, one.details)
    yield element("h3", "Why")
    yield _list(map(_line, one.why))
    yield paragraph("A rule of thumb, not a diagnosis: you decide.", "quiet")
    yield forms.act_buttons(one)


def _who(one: Patient) -> Markup:
    if not one.is_readable:
        return group([])
    return _section("who", "Who", _pairs(one.who), element("h2", "Baseline", id="baseline"), _pairs(one.baselines))


def _pairs(those: Sequence[tuple[str, str]]) -> Markup:
    return element("dl", *(element("div", element("dt", name), element("dd", tie_units(said))) for name, said in those))


def _course(one: Patient) -> Markup:
    """The pictures of the progress page, on one axis of time."""
    if one.progress is None:
        return _section("course", "Course", paragraph("Nothing was run yet.", "quiet"))
    link = element("a", "The progress page, to read or print", class_="btn", href=_address(one, "progress"))
    chart = progress_chart(one.progress, f"The course of {one.athlete} over time")
    return _section("course", "Course", chart, element("p", link))


def _runs(one: Patient) -> Markup:
    every = element("a", "All sessions", class_="btn", href=f"/sessions?athlete={quote(one.athlete, safe='')}")
    lines = [_run(run) for run in one.runs]
    return _section("runs", "Runs", _fold_away(lines, "No runs yet."), *([element("p", every)] if lines else []))


def _run(run: Run) -> Markup:
    words = f"{run.name}: {run.words}{f', pain {run.pain}' if run.pain else ''}"
    label = f"Report: {run.name}, {run.day}"
    report = element("a", "Report", class_="btn", href=_report_of(run), aria_label=label)
    return element("li", element("b", str(run.day)), " ", element("span", tie_units(words)), " ", report)


def _check_ins(one: Patient) -> Markup:
    told = _fold_away([_dated_line(*said) for said in one.check_ins], "Nothing was said yet.")
    done = [_dated_line(*said) for said in one.exercises]
    exercises = [element("h3", "Exercises done", id="exercises"), _fold_away(done, "")] if done else []
    return _section("said", "Check-ins", told, *exercises)


def _findings(one: Patient) -> Markup:
    title = element("h3", "First and latest, same side, unit and method")
    pairs = [_first_and_latest(one, words, pair) for words, pair in one.compared]
    compared = [title, _list(pairs)] if pairs else []
    every = _fold_away([_finding(one, found) for found in one.findings], "No findings yet.")
    return _section("findings", "Findings", *compared, every, forms.finding_form(one.day))


def _finding(one: Patient, found: Found) -> Markup:
    return element(
        "li", element("b", str(found.day)), " ", element("span", tie_units(found.words)), *_file_of(one, found)
    )


def _first_and_latest(one: Patient, words: str, pair: tuple[Found, Found]) -> Markup:
    """First and latest, with their pictures and videos side by side."""
    files = [part for found in pair for part in _file_of(one, found)]
    return element("li", element("span", tie_units(words)), *([element("div", *files, class_="pair")] if files else []))


def _file_of(one: Patient, found: Found) -> Iterator[Markup]:
    """Its picture or video, or a way to its file; nothing where it has none."""
    if found.is_elsewhere:
        yield element("span", " Its file is not on this machine.", class_="quiet")
    if not found.file:
        return
    source, what = _address(one, f"files/{quote(found.file, safe='')}"), f"{found.words}, {found.day}"
    if found.shown == "picture":
        picture = element("img", src=source, alt=what, loading="lazy", class_="found")
        yield element("a", picture, href=source, aria_label=f"Open the picture: {what}")
    elif found.shown == "video":
        yield element("video", src=source, controls="", preload="metadata", class_="found", aria_label=what)
    else:
        yield element("a", "Save its file", class_="btn", href=source, aria_label=f"Save the file: {what}")


def _messages(one: Patient) -> Markup:
    read = [forms.read_button(one.unread)] if one.unread else []
    lines = [_message(told, is_unread=told.id in one.unread) for told in one.messages]
    every = _fold_away(lines, "Nothing was written yet.")
    about = paragraph(NO_EMERGENCY, "quiet")
    return _section("messages", "Messages and notes", about, *read, every, forms.writing_form())


def _message(told: Written, *, is_unread: bool) -> Markup:
    whose = {To.NOTES: "Note", To.RUNNER: "To the runner", To.CLINICIAN: "From the runner"}[told.to]
    read = "" if told.to is To.NOTES else f", read on {told.read_on}" if told.read_on else ", unread"
    by = f", by {told.author}" if told.author else ""
    said = element("span", f"{whose}{read}{by}: {told.text}")
    return element("li", element("b", told.day), " ", said, class_="unread" if is_unread else None)
