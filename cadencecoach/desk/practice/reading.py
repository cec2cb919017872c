"""From the text of a story to its values: YAML of days, read as plans are. Every mistake is told with its place."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from cadencecoach.desk.checkin.questions import FLAG_WORDS, MOST
from cadencecoach.desk.practice.story import Act, ClinicianAct, Span, Story, StoryDay
from cadencecoach.errors import UsageError
from cadencecoach.gait.runner_settings import parse_settings
from cadencecoach.plan.syntax.findings import Finding, PlanFaults
from cadencecoach.plan.syntax.nodes import ListNode, MapNode, Node, Number, ScalarNode
from cadencecoach.plan.syntax.parser import parse
from cadencecoach.plan.syntax.text import Text, Unreadable, decode
from cadencecoach.plan.values import ValueFault, duration_s
from cadencecoach.plan.words import nearest
from cadencecoach.programme.gates import MOST_PAIN
from cadencecoach.record.entries import Moment, Site

T = TypeVar("T")
MOST_DAY = 26 * 7
LONGEST_RUN_S = 4 * 3600.0
LONGEST_WORDS = 500
USUALLY_LEARNED = Story(name="").learns
WAYS_DAY = "write 9, '9 to 12', 'week 2', 'last', 'last 10' or 'every'"
STORY_KEYS = ("story", "about", "runner", "learns", "programme", "days")
RATINGS = ("pain", "soreness", "readiness", "effort", "mood")
SAID_KEYS = (*RATINGS, "site", "soreness_h", "flag", "note")
ACT_KEYS = ("act", "because", "by")
DAY_KEYS = (
    *("day", "run", "silent", "answers", "exercises", "own-run", "runner", "shoes", "sensor", "clinician"),
    *(moment.value for moment in Moment),
)
_TO = re.compile(r"(\d{1,3}) to (\d{1,3})")
_WEEK = re.compile(r"week (\d{1,2})")
_LAST = re.compile(r"last(?: (\d{1,3}))?")
_FROM = re.compile(r"start from (\d{1,3})")


def read_story(raw: bytes, source: str) -> Story:
    """The story in a file's bytes.

    Args:
        raw: the file
        source: its name, for messages
    Raises:
        PlanError: something is wrong with it; the message tells everything, each with line and column
    """
    try:
        text = decode(raw)
    except Unreadable as stop:
        raise PlanFaults(stop.findings, source) from None
    root, findings, _ = parse(text)
    reader = _Reader(text, list(findings))
    story = None if findings else reader.story(root)
    if reader.findings or story is None:
        found = reader.findings or [
            text.finding(1, 1, "there is nothing in the file; begin with 'story: ' and a title")
        ]
        raise PlanFaults(tuple(sorted(found, key=lambda one: (one.line, one.column))), source)
    return story


class _Reader:
    """Reads nodes, and keeps what is wrong with them."""

    def __init__(self, text: Text, findings: list[Finding]) -> None:
        self._text = text
        self.findings = findings

    def story(self, root: Node | None) -> Story | None:
        """The whole file; None where there is a mistake in it."""
        keys = self._map(root, STORY_KEYS, "story: TITLE") if root is not None else {}
        if root is not None and "story" not in keys and not self.findings:
            self._say(root, "has no title; begin with 'story: ' and a title")
        days = keys.get("days")
        if days is not None and not isinstance(days, ListNode):
            self._say(days, "is not a list; write '- {day: 9, after: {pain: 4}}' on lines of its own")
        items = days.items if isinstance(days, ListNode) else ()
        read = [self._day(item) for item in items]
        name, about = self._words(keys.get("story")), self._words(keys.get("about"))
        runner, learns = self._runner(keys.get("runner")), self._percent(keys.get("learns"))
        programme = self._words(keys.get("programme"))
        if self.findings or root is None:
            return None
        told = tuple(one for one in read if one is not None)
        learned = USUALLY_LEARNED if learns is None else learns
        return Story(name=name, about=about, runner=runner, learns=learned, programme=programme, days=told)

    def _day(self, node: Node) -> tuple[Span, StoryDay] | None:
        keys = self._map(node, DAY_KEYS, "{day: 9, after: {pain: 4}}")
        if not keys:
            return None
        if "day" not in keys:
            self._say(node, f"has no day; {WAYS_DAY}")
            return None
        span = self._span(keys["day"])
        said = {moment: self._read_said(keys[moment.value]) for moment in Moment if moment.value in keys}
        day = StoryDay(
            runs=self._yes(keys.get("run"), usual=True),
            is_silent=self._yes(keys.get("silent"), usual=False),
            answers=self._yes(keys.get("answers"), usual=True),
            ticks=self._yes(keys.get("exercises"), usual=True),
            said=said,
            own_run_s=self._own_run_s(keys.get("own-run")),
            runner=self._runner(keys.get("runner")),
            shoes=self._words(keys.get("shoes")),
            sensor=self._words(keys.get("sensor")),
            acts=self._acts(keys.get("clinician")),
        )
        return None if span is None else (span, day)

    def _span(self, node: Node) -> Span | None:
        text = " ".join(_scalar_text(node).lower().split())
        if text == "every":
            return Span(first=1, last=MOST_DAY)
        if (match := _LAST.fullmatch(text)) is not None:
            span = Span(from_end=int(match.group(1) or 1))
            is_good = 1 <= span.from_end <= MOST_DAY
        elif (match := _WEEK.fullmatch(text)) is not None:
            week = int(match.group(1))
            span = Span(first=week * 7 - 6, last=week * 7)
            is_good = week >= 1 and span.last <= MOST_DAY
        else:
            match = _TO.fullmatch(text) or _TO.fullmatch(f"{text} to {text}")
            first, last = (int(one) for one in match.groups()) if match is not None else (0, 0)
            span = Span(first=first, last=last)
            is_good = 1 <= first <= last <= MOST_DAY
        if not is_good:
            self._say(node, f"is not a day of a story, 1 to {MOST_DAY}; {WAYS_DAY}")
            return None
        return span

    def _read_said(self, node: Node) -> Mapping[str, Any]:
        keys = self._map(node, SAID_KEYS, "{pain: 4, site: knee}")
        said: dict[str, Any] = {name: self._rating(keys[name]) for name in RATINGS if name in keys}
        if "site" in keys:
            said["site"] = self._one_of(keys["site"], {one.value: one for one in Site})
        if "flag" in keys:
            flag = self._one_of(keys["flag"], dict(FLAG_WORDS))
            said["flags"] = frozenset() if flag is None else frozenset({flag})
        if "soreness_h" in keys:
            said["soreness_h"] = self._number(keys["soreness_h"], 0, 240, "hours, 0 to 240")
        if "note" in keys:
            said["note"] = self._words(keys["note"])
        return said

    def _acts(self, node: Node | None) -> tuple[ClinicianAct, ...]:
        items = node.items if isinstance(node, ListNode) else () if node is None else (node,)
        return tuple(act for act in map(self._act, items) if act is not None)

    def _act(self, node: Node) -> ClinicianAct | None:
        keys = self._map(node, ACT_KEYS, "{act: set again, because: TEXT}")
        if not keys:
            return None
        missing = next((key for key in ("act", "because") if key not in keys), None)
        if missing is not None:
            self._say(node, f"has no '{missing}'; write {{act: set again, because: TEXT}}")
            return None
        begins_at = _FROM.fullmatch(" ".join(_scalar_text(keys["act"]).split()))
        act = (
            Act.START_FROM
            if begins_at is not None
            else self._one_of(keys["act"], {one.value: one for one in Act if one is not Act.START_FROM})
        )
        because, by = self._words(keys["because"]), self._words(keys.get("by")) or "clinician"
        session = 0 if begins_at is None else int(begins_at.group(1))
        return None if act is None else ClinicianAct(act=act, because=because, by=by, session=session)

    def _map(self, node: Node | None, allowed: tuple[str, ...], example: str) -> Mapping[str, Node]:
        """The pairs of a node; none where it is no map. A key that is not known is told."""
        if not isinstance(node, MapNode):
            if node is not None:
                self._say(node, f"is not a set of keys; write {example}")
            return {}
        for key, _ in node.pairs:
            if key.text not in allowed:
                near = nearest(key.text, allowed)
                self._say(key, f"is not known; {f'did you mean {near}?' if near else 'allowed: ' + ', '.join(allowed)}")
        return {key.text: value for key, value in node.pairs}

    def _yes(self, node: Node | None, *, usual: bool) -> bool:
        words = {"yes": True, "no": False, "true": True, "false": False}
        found = usual if node is None else self._one_of(node, words)
        return usual if found is None else found

    def _one_of(self, node: Node, known: Mapping[str, T]) -> T | None:
        text = " ".join(_scalar_text(node).lower().split())
        if text not in known:
            self._say(node, f"is not known; allowed: {', '.join(known)}")
        return known.get(text)

    def _rating(self, node: Node) -> int | None:
        number = self._number(node, 0, MOST, f"a whole number from 0 to {MOST}; above {MOST_PAIN} stops")
        if number is not None and number != int(number):
            self._say(node, f"must be a whole number from 0 to {MOST}")
        return None if number is None else int(number)

    def _number(self, node: Node, low: float, high: float, wanted: str) -> float | None:
        try:
            number = float(_scalar_text(node))
        except ValueError:
            number = float("nan")
        if not low <= number <= high:
            self._say(node, f"must be {wanted}")
            return None
        return number

    def _percent(self, node: Node | None) -> float | None:
        match = None if node is None else re.fullmatch(r"(\d{1,3}) ?%", _scalar_text(node))
        percent = None if match is None else int(match.group(1))
        if node is not None and (percent is None or percent > 100):  # noqa: PLR2004  # per cent
            self._say(node, "must be a percentage, 0 % to 100 %")
        return None if percent is None else percent / 100

    def _own_run_s(self, node: Node | None) -> float:
        if node is None:
            return 0.0
        length_s = self._try_to(node, lambda: duration_s(_value(node)))
        if length_s is not None and not 0 < length_s <= LONGEST_RUN_S:
            self._say(node, "must be a time up to 4 h, such as 40 min")
        return length_s or 0.0

    def _runner(self, node: Node | None) -> str:
        text = "" if node is None else _scalar_text(node)
        if node is not None:
            self._try_to(node, lambda: parse_settings(text))
        return text

    def _try_to(self, node: Node, read: Callable[[], T]) -> T | None:
        try:
            return read()
        except (ValueFault, UsageError) as error:
            self._say(node, str(error))
            return None

    def _words(self, node: Node | None) -> str:
        if node is None:
            return ""
        text = _scalar_text(node).strip()
        if not text or len(text) > LONGEST_WORDS:
            self._say(node, f"must be a text of 1 to {LONGEST_WORDS} characters")
        return text

    def _say(self, node: Node, what: str) -> None:
        shown = f"{node.text!a} " if isinstance(node, ScalarNode) and node.text else "this "
        self.findings.append(self._text.finding(node.line, node.column, shown + what))


def _value(node: Node) -> object:
    return node.value if isinstance(node, ScalarNode) else None


def _scalar_text(node: Node) -> str:
    """A scalar as it was written; empty for anything else."""
    value = _value(node)
    return value.text if isinstance(value, Number) else node.text if isinstance(node, ScalarNode) else ""
