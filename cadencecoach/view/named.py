"""Names of a session and its stages for a reader: those of our own plans in the reader's language."""

from dataclasses import replace

from cadencecoach.plan.phrasebook import Phrasebook
from cadencecoach.record.figures import Part, Summary
from cadencecoach.record.trace import Trace


def name_summary(summary: Summary, words: Phrasebook) -> Summary:
    """The same figures, named in the reader's language."""
    if not words.of_plans:
        return summary
    stages = tuple(_name_part(part, words) for part in summary.stages)
    return replace(summary, session=_name_part(summary.session, words), stages=stages)


def name_trace(trace: Trace, words: Phrasebook) -> Trace:
    """The same course, its stages named in the reader's language."""
    if not words.of_plans:
        return trace
    return replace(trace, stages=tuple(replace(one, name=words.of_plan(one.name)) for one in trace.stages))


def _name_part(part: Part, words: Phrasebook) -> Part:
    return replace(part, name=words.of_plan(part.name))
