"""What an activity was: whose cadence counts steps, and whose counts pedals, arms or poles."""

# FIT profile, type `sport`: those with a cadence that is none of the feet on the ground
NO_STEPS = {
    2: "cycling",
    5: "swimming",
    12: "cross-country skiing",
    13: "alpine skiing",
    14: "snowboarding",
    15: "rowing",
    19: "paddling",
    21: "e-biking",
    22: "motorcycling",
    24: "driving",
    30: "inline skating",
    33: "ice skating",
    37: "stand-up paddling",
    41: "kayaking",
    65: "wheelchair",
    66: "wheelchair",
    84: "jump rope",
    88: "canoeing",
}
WALKS = {11: "walking", 17: "hiking", 35: "snowshoeing"}
WALK_NOTE = "the file says {sport}: below 140 steps a minute nothing is coached"
LEFT_OUT = "{n} rows of {sport} left out: their cadence counts no steps"
REFUSED = "this is {sport}: its cadence counts no steps; a run is needed"
