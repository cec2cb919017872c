"""The faults of running a programme may work on, one at a time, each with its words.

The words are those of the studies they come from, short enough to be taken in while running, and about the outside or
the task rather than about a joint where that is possible. What is marked (design) is our own wording.
"""

from collections.abc import Mapping

CUES: Mapping[str, str] = {
    "cadence": "Quicker, lighter steps.",  # a step quicker shortens the stride without being told to
    "overstride": "Set your foot down under you.",  # (design)
    "landing": "Land softly.",  # "soft landing", Run with CLASS (10.1093/milmed/usae218)
    "trunk": "Lean forward a little, from the ankles.",  # "lean", the same; trunk lean arm of dos Santos 2019
    "pelvis": "Keep your belt level.",  # (design)
    "knee": "Kneecaps straight ahead.",  # alignment, the same; wording (design)
    "retention": "Run as at the end of the programme.",  # van den Berghe 2024: brought the whole effect back
}
