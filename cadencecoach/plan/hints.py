"""Words people write where the language has another: what they meant, and how that is written.

The nearest word by its letters points the wrong way here: `beat: none` is not `beat: on`.
"""

from collections.abc import Mapping

OFF_WORDS = ("none", "no", "false", "never", "silent", "silence")
NO_FEEDBACK = ("off", "no", "false", "never")
STYLES = ("words", "tones", "graded", "noise")
SWITCHES = frozenset({"on", "off", "yes", "no", "true", "false", "y", "n", "none", "ok"})

GATED = "is written as times; write 'beat: {on: 1 min, off: 1 min}'"
NO_REASON = "is not a reason; write in a few words why, for the next reader"

# (key, word) -> what is told of it, after the word itself.
HINTS: Mapping[tuple[str, str], str] = {
    **{("beat", word): "is not a beat; write 'beat: off'" for word in OFF_WORDS},
    **{("beat", word): GATED for word in ("gated", "gate", "intermittent")},
    **{("feedback", word): "is not known; write 'feedback: none'" for word in NO_FEEDBACK},
    ("feedback", "on"): "is not known; write 'feedback: full'",
    ("feedback", "yes"): "is not known; write 'feedback: full'",
    ("feedback", "rescue"): "is a kind of beat; write 'beat: rescue'",
    **{("feedback", word): f"is a style; write 'feedback: {{style: {word}}}'" for word in STYLES},
    **{("style", word): "is not a style; write 'style: none'" for word in NO_FEEDBACK},
    ("style", "rescue"): "is a kind of beat; write 'beat: rescue' on the stage",
    **{("music", word): "is not music; write 'music: off'" for word in OFF_WORDS},
    ("music", "yes"): "is not known; write 'music: on'",
    ("music", "true"): "is not known; write 'music: on'",
    **{("recall", word): "is not known; write 'recall: off'" for word in OFF_WORDS},
    ("recall", "yes"): "is not known; write 'recall: on'",
    ("recall", "true"): "is not known; write 'recall: on'",
}

# Keys the language does not have where they are written, though it has the thing.
STRANGERS: Mapping[str, str] = {
    "probe": "is not a key; a stage without help is written 'beat: off, feedback: none', or 'help: 0 %'",
}


def is_no_reason(text: str) -> bool:
    """Whether a text that should say why only says yes or no, or holds no word at all."""
    return text.strip().lower() in SWITCHES or not any(c.isalpha() for c in text)
