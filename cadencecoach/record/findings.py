"""Findings of an athlete, compared: the same measure on the same side, in the same unit, by the same method."""

from collections.abc import Iterable
from dataclasses import dataclass

from cadencecoach.record.entries import Entry, Finding


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingChange:
    """The first and the latest of findings that can be compared, as figures; whether they are better nobody says here.

    Attributes:
        first, latest: by their days
        n: how many there are
    """

    first: Finding
    latest: Finding
    n: int

    @property
    def change(self) -> float:
        """The latest value less the first."""
        assert self.first.value is not None
        assert self.latest.value is not None
        return self.latest.value - self.first.value


def findings_of(entries: Iterable[Entry]) -> tuple[Finding, ...]:
    """The findings, the oldest first."""
    return tuple(sorted((one for one in entries if isinstance(one, Finding)), key=lambda one: one.day))


def findings_by_measure(entries: Iterable[Entry]) -> tuple[tuple[Finding, ...], ...]:
    """What was measured: the same measure of the same side, in one unit and by one method together, oldest first."""
    groups: dict[tuple[object, ...], list[Finding]] = {}
    for one in findings_of(entries):
        if one.value is not None:
            key = (one.measure.casefold(), one.side, one.unit.casefold(), one.method.casefold())
            groups.setdefault(key, []).append(one)
    return tuple(map(tuple, groups.values()))


def findings_compared(findings: Iterable[Finding]) -> tuple[FindingChange, ...]:
    """What was measured more than once, in the order it was first measured."""
    groups = findings_by_measure(findings)
    return tuple(FindingChange(first=group[0], latest=group[-1], n=len(group)) for group in groups if len(group) > 1)


def other_units(entries: Iterable[Entry], new: Finding) -> tuple[str, ...]:
    """The units of other findings of the same measure and side, where none is in that of a new one."""
    same = (
        one
        for one in findings_of(entries)
        if one.value is not None and (one.measure.casefold(), one.side) == (new.measure.casefold(), new.side)
    )
    units = tuple(dict.fromkeys(one.unit for one in same if one.id != new.id))
    is_known = new.value is None or new.unit.casefold() in {unit.casefold() for unit in units}
    return () if is_known else units


def finding_words(one: Finding) -> str:
    """A finding in a line, without its day."""
    side = "" if one.side is None else f", {one.side.value}"
    value = "" if one.value is None else f" {one.value:g}{f' {one.unit}' if one.unit else ''}"
    more = (one.method, one.note, "with a file" if one.file else "")
    return f"{one.measure}{side}{':' if value else ''}{value}" + "".join(f"; {word}" for word in more if word)


def change_words(one: FindingChange) -> str:
    """A change in a line."""
    unit, side = f" {one.first.unit}" if one.first.unit else "", f", {one.first.side.value}" if one.first.side else ""
    method = f"; {one.first.method}" if one.first.method else ""
    values = f"{one.first.value:g}{unit} ({one.first.day}) -> {one.latest.value:g}{unit} ({one.latest.day})"
    return f"{one.first.measure}{side}: {values}, {one.change:+g}{unit}{method}"
