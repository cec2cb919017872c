"""What a sensor is, in the words of whoever reads."""

from collections.abc import Iterable

from cadencecoach.plan.page_texts import PageTexts


def kind_words(kinds: Iterable[str], texts: PageTexts) -> str:
    """The kinds of a sensor; one of a later version as it is."""
    words = {
        "foot pod": texts.sensor_kind_foot_pod,
        "heart rate": texts.sensor_kind_heart_rate,
        "treadmill": texts.sensor_kind_treadmill,
        "acceleration": texts.sensor_kind_acceleration,
        "cycling power": texts.sensor_kind_cycling_power,
        "cycling cadence": texts.sensor_kind_cycling_cadence,
    }
    return ", ".join(words.get(kind, kind) for kind in kinds)
