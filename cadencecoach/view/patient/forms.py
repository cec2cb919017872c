"""What a clinician does and writes on the page of one patient: acts on the programme, findings, messages."""

import json
from collections.abc import Sequence
from datetime import date

from cadencecoach.record.entries import Side
from cadencecoach.view.drawing.markup import Markup, element
from cadencecoach.view.patient.sheet import Prescribed

# In the order they are offered; the names are those of the acts.
ACTS = (
    ("end-stop", "End the stop"),
    ("hold", "Hold"),
    ("step-back", "Step back"),
    ("take-back", "Take back the hold or step back"),
    ("from", "From session …"),
    ("count-from-new", "Count from a new baseline"),
    ("give", "Give another programme"),
)
OWN_PROGRAMME = "One of your own, from a file …"
ACCEPTED = "image/*,video/*,application/pdf"  # what the file chooser offers; its bytes decide
WRITES = "writes"  # what only looks on a page is not shown: a class of the style sheet of all pages
LONGEST_WORD, LONGEST_REASON, LONGEST_MESSAGE = 60, 500, 1000


def act_buttons(one: Prescribed) -> Markup:
    """A button for each act that may be done now."""
    offered = (
        element("button", words, class_="btn", type="button", data_act=name) for name, words in ACTS if name in one.acts
    )
    return element("div", *offered, class_=f"row {WRITES}", id="acts")


def give_button() -> Markup:
    """The one act where there is no programme yet."""
    button = element("button", "Give a programme", class_="btn main", type="button", data_act="give")
    return element("div", button, class_=f"row {WRITES}", id="acts")


def act_dialog(one: Prescribed | None, gives: Sequence[tuple[str, str]]) -> Markup:
    """What an act will do, in words, and its reason, before it is done."""
    sessions = () if one is None else one.sessions
    level = 0 if one is None else one.level
    options = (
        element("option", f"{index + 1}: {name}", value=str(index + 1), selected="" if index == level else None)
        for index, name in enumerate(sessions)
    )
    programmes = (element("option", title, value=name) for name, title in (*gives, ("", OWN_PROGRAMME)))
    buttons = (
        element("button", "Do it", class_="btn main", type="submit", value="yes", id="deciding-yes"),
        element("button", "Cancel", class_="btn", type="submit", value="no", formnovalidate=""),
    )
    form = element(
        "form",
        element("h2", "", id="deciding-title"),
        _field("Session", element("select", *options, name="number"), id_="deciding-number"),
        _field("Programme", element("select", *programmes, name="programme"), id_="deciding-programme"),
        _field("Its file (YAML)", element("input", name="file", type="file", accept=".yaml,.yml"), id_="deciding-file"),
        element("ul", class_="lines", id="follows", aria_live="polite"),
        _field("Why (kept in the log)", _input("because", LONGEST_REASON, required="")),
        element("p", "", class_="alert bad", id="deciding-wrong", role="alert", hidden=""),
        element("div", *buttons, class_="row"),
        method="dialog",
        id="deciding-form",
        data_unreadable="this file cannot be read, or is not text in UTF-8",
    )
    return element("dialog", form, class_="sheet", id="deciding", aria_labelledby="deciding-title")


def finding_form(day: date) -> Markup:
    """A finding, with a picture or video of it."""
    sides = (element("option", one.value) for one in Side)
    fields = (
        _field("What, such as knee valgus", _input("what", LONGEST_WORD, required="")),
        _field("Side", element("select", element("option", "none", value=""), *sides, name="side")),
        _field("Value", element("input", name="value", type="number", step="any", inputmode="decimal")),
        _field("Unit, such as deg", _input("unit", LONGEST_WORD)),
        _field("Method, such as 2D video", _input("method", LONGEST_WORD)),
        _field("Day", element("input", name="day", type="date", value=day.isoformat(), max=day.isoformat())),
    )
    form = element(
        "form",
        element("div", *fields, class_="fields"),
        _field("Note", _input("note", LONGEST_REASON)),
        _field("Picture, video or PDF, up to 50 MB", element("input", name="file", type="file", accept=ACCEPTED)),
        element("button", "Add", class_="btn main", type="submit"),
        id="finding",
        class_="card",
    )
    return element("details", element("summary", "Add a finding", class_="btn"), form, class_=WRITES)


def writing_form() -> Markup:
    """A message to the runner, or a note."""
    to = (element("option", "the runner", value="runner"), element("option", "my notes", value="notes"))
    text = element("textarea", name="text", maxlength=str(LONGEST_MESSAGE), required="")
    return element(
        "form",
        _field("For", element("select", *to, name="to")),
        _field("Text", text),
        element("button", "Save", class_="btn main", type="submit"),
        id="writing",
        class_=f"card {WRITES}",
    )


def read_button(unread: Sequence[str]) -> Markup:
    """What marks all that is unread as read."""
    told = json.dumps(list(unread))
    return element(
        "button",
        f"Mark as read ({len(unread)})",
        class_=f"btn main {WRITES}",
        type="button",
        id="read",
        data_messages=told,
    )


def _field(name: str, control: Markup, *, id_: str | None = None) -> Markup:
    return element("label", element("span", name), control, class_="field", id=id_)


def _input(name: str, longest: int, *, required: str | None = None) -> Markup:
    return element("input", name=name, maxlength=str(longest), autocomplete="off", required=required)
