"""A programme and its plans as one text."""

import pytest
from each_row import each_row

from cadencecoach.errors import PlanError
from cadencecoach.programme.text.plans import PlanFile
from cadencecoach.programme.text.reading import CheckedProgramme, check_programme
from cadencecoach.programme.text.whole import self_contained

RUN = b"""\xef\xbb\xbf# yaml-language-server: $schema=x
---
plan: Run
about: >
  Two lines,

  and a third.
stages:
  - name: Run
    duration: 5 min
    say: "Go: now,
      and quick."
"""
REFRESHER = b"{plan: Refresher, stages: [{name: Run, duration: 5 min}]}\n"
FILES = {"run": RUN, "sub dir/run.yaml": RUN, "refresher": REFRESHER}


def checked(raw: bytes) -> CheckedProgramme:
    """With these files at hand."""
    return check_programme(
        raw, "weeks.yaml", lambda name: PlanFile(FILES[name], name) if name in FILES else f"no plan '{name}'"
    )


def made_whole(text: str) -> bytes:
    """The one text."""
    found = checked(text.encode())
    assert found.programme is not None, found.text()
    whole, says = self_contained(text.encode(), "weeks.yaml", found)
    assert says == check_programme(whole, "weeks.yaml", lambda name: f"no plan '{name}'").programme
    return whole


@each_row(
    "text",
    [
        "programme: A\ndays:\n- {session: S, plan: run}\n",
        "programme: A\r\ndays:\r\n- {session: S, plan: run}\r\n\r\n\r\n",
        "programme: A\ndays: [{session: S, plan: sub dir/run.yaml}]",
        (
            "programme: A\nplans:\n    # mine\n    own: {plan: O, stages: [{name: A, duration: 1 min}]}\n"
            "days:\n- {session: S, plan: run}\n- {session: T, plan: own}\n"
        ),
    ],
)
def test_the_plans_of_other_files_are_carried_in_the_text(text: str) -> None:
    """The one text prescribes the same, needs no other file, and keeps what its author wrote."""
    whole = made_whole(text)
    alone = check_programme(whole, "whole.yaml", lambda name: f"'{name}' should be in the text").programme
    before = checked(text.encode()).programme
    assert alone is not None
    assert before is not None
    assert [one.plan.stages for one in alone.sessions] == [one.plan.stages for one in before.sessions]
    assert alone.refresher is not None
    assert all(line.rstrip() in whole.decode() for line in text.splitlines())


def test_a_text_that_is_whole_stays_as_it_is() -> None:
    """To the byte, so that its hash is that of the author's file."""
    whole = made_whole("programme: A\ndays:\n- {session: S, plan: run}\n")
    assert self_contained(whole, "weeks.yaml", checked(whole)) == (whole, checked(whole).programme)


def test_plans_in_brackets_cannot_take_another() -> None:
    """One clear line says what to do."""
    with pytest.raises(PlanError, match="write each plan below 'plans:' on lines of its own"):
        made_whole(
            "programme: A\nplans: {own: {plan: O, stages: [{name: A, duration: 1 min}]}}\ndays:\n"
            "- {session: S, plan: run}\n- {session: T, plan: own}\n"
        )
