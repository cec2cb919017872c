"""Workouts in other programs' formats, written after their documentation; what is in them is made up."""

import json

from cadencecoach.fit import profile as fit
from cadencecoach.fit.wire import Fields, FitWriter

ZWIFT_RUN = b"""<?xml version="1.0" encoding="UTF-8"?>
<workout_file>
  <author>A. Coach</author>
  <name>Quick feet: 4 x 90 s #1 &quot;light&quot;</name>
  <description>Steps, not speed.</description>
  <sportType>run</sportType>
  <tags><tag name="CADENCE"/></tags>
  <workout>
    <Warmup Duration="300" PowerLow="0.6" PowerHigh="0.75" pace="2"><textevent timeoffset="10" message="Easy"/></Warmup>
    <SteadyState Duration="600" Power="0.8" pace="3" Cadence="85"/>
    <IntervalsT Repeat="4" OnDuration="90" OffDuration="45" OnPower="1" OffPower="0.6" Cadence="90"
      CadenceResting="80"/>
    <FreeRide Duration="120"/>
    <Cooldown Duration="300" PowerLow="0.7" PowerHigh="0.5" CadenceLow="160" CadenceHigh="168"/>
  </workout>
</workout_file>
"""
ZWIFT_DISTANCE = b"""<workout_file><name>Kilometres</name><sportType>run</sportType>
<durationType>distance</durationType>
<workout><SteadyState Duration="1000" Power="0.9" pace="1">
<textevent distoffset="500" message="Half way"/></SteadyState>
<Unknown/></workout></workout_file>"""
ZWIFT_RIDE = b"<workout_file><sportType>bike</sportType><workout><FreeRide Duration='60'/></workout></workout_file>"
ZWIFT_TEXTS = b"""<workout_file><workout><IntervalsT Repeat="2" OnDuration="60" OffDuration="30">
<textevent timeoffset="0" message="Go"/><textevent timeoffset="95" message="Again"/></IntervalsT></workout>
</workout_file>"""

INTERVALS_RUN = """\ufeffCadence and strides

Warmup
- 15m Z1 Pace

Main set 3x
- Quick feet 1m30 4:30-4:10/km Pace 90rpm
- 400mtr 5:00/km Pace
- Walk 1m Z1 HR
- First 60^30 Second 10m 65%

Cooldown
- Press lap 10m ramp 60-50% HR
- 0.4km Z2
""".encode()
INTERVALS_FORUM = b"""Warmup
- 20m 60% 90-100rpm

Main set 6x
- 4m 100% 40-50 rpm, power is less important than getting the torque
- 5m recovery at 40%

Cooldown
- 20m 60% 90-100rpm
"""
INTERVALS_SWIM = b"pool length: 25m\n\n- 400mtr Z1 Pace\n"


def garmin_step(
    kind: str, ending: str, value: float | None, target: str = "no.target", **more: object
) -> dict[str, object]:
    """A step as Garmin Connect has it."""
    return {
        "type": "ExecutableStepDTO",
        "stepType": {"stepTypeKey": kind},
        "endCondition": {"conditionTypeKey": ending},
        "endConditionValue": value,
        "targetType": {"workoutTargetTypeKey": target},
        **more,
    }


def garmin_repeat(times: int, *steps: dict[str, object]) -> dict[str, object]:
    """A group of steps done so many times."""
    return {
        "type": "RepeatGroupDTO",
        "stepType": {"stepTypeKey": "repeat"},
        "numberOfIterations": times,
        "workoutSteps": list(steps),
    }


def garmin_workout(*steps: dict[str, object], sport: str = "running") -> bytes:
    """A workout as Garmin Connect has it."""
    segment = {"segmentOrder": 1, "sportType": {"sportTypeKey": sport}, "workoutSteps": list(steps)}
    document = {"workoutName": "Track", "sportType": {"sportTypeKey": sport}, "workoutSegments": [segment]}
    return json.dumps(document).encode()


GARMIN_RUN = garmin_workout(
    garmin_step("warmup", "lap.button", None, "heart.rate.zone", zoneNumber=2),
    garmin_repeat(
        2,
        garmin_repeat(
            3,
            garmin_step("interval", "time", 60, "cadence", targetValueOne=170, targetValueTwo=180),
            garmin_step("recovery", "distance", 200, "pace.zone", targetValueOne=2.5, targetValueTwo=2.5),
        ),
        garmin_step("rest", "time", 120, description="Stand"),
    ),
    garmin_step("interval", "time", 300, "heart.rate.zone", targetValueOne=150, targetValueTwo=160),
    garmin_step("interval", "time", 300, "pace.zone", targetValueOne=3.0, targetValueTwo=3.2,
                secondaryTargetType={"workoutTargetTypeKey": "cadence"}, secondaryTargetValueOne=172,
                secondaryTargetValueTwo=172),
    garmin_step("cooldown", "calories", 60),
)  # fmt: skip
GARMIN_RIDE = garmin_workout(garmin_step("interval", "time", 60), sport="cycling")


def _runnerup_step(order: int, kind: str, **more: object) -> dict[str, object]:
    return {"stepOrder": order, "stepTypeKey": kind, **more}


def _for(kind: str, value: int, unit: str) -> dict[str, object]:
    return {"endConditionTypeKey": kind, "endConditionValue": str(value), "endConditionUnitKey": unit}


RUNNERUP_RUN = json.dumps({"com.garmin.connect.workout.json.UserWorkoutJson": {
    "workoutName": "Speedplay",
    "workoutSteps": [
        _runnerup_step(4, "cooldown", **_for("time", 300000, "ms"), targetTypeKey="no.target"),
        _runnerup_step(1, "warmup", endConditionTypeKey="lap.button", targetTypeKey="no.target"),
        _runnerup_step(2, "repeat", groupId="1", **_for("iterations", 4, "dimensionless")),
        _runnerup_step(3, "interval", parentGroupId="1", **_for("distance", 40000, "centimeter"),
                       targetTypeKey="pace.zone", targetValueOne="0.4", targetValueTwo="0.4",
                       targetValueUnitKey="centimetersPerMillisecond"),
    ],
}}).encode()  # fmt: skip

NAME, ENDS_BY, ENDS_AT, KIND, ZONE, LOW, HIGH, INTENSITY = (
    fit.text(0), fit.enum(1), fit.long(2), fit.enum(3), fit.long(4), fit.long(5), fit.long(6), fit.enum(7),
)  # fmt: skip


def fit_file(*steps: Fields, sport: int = fit.RUNNING, kind: int = fit.WORKOUT_FILE) -> bytes:
    """A FIT workout of these steps."""
    writer = FitWriter()
    writer.add(fit.FILE_ID, [(fit.enum(0), kind)])
    writer.add(fit.WORKOUT, [(fit.enum(4), sport), (fit.text(8), "On the watch")])
    for index, step in enumerate(steps):
        writer.add(fit.WORKOUT_STEP, [(fit.MESSAGE_INDEX, index), *step])
    return writer.file()


FIT_STEPS: tuple[Fields, ...] = (
    [(NAME, "Warm up"), (ENDS_BY, 5), (KIND, 2), (INTENSITY, 2)],
    [(ENDS_BY, 0), (ENDS_AT, 90_000), (KIND, 3), (ZONE, 0), (LOW, 85), (HIGH, 90), (INTENSITY, 0)],
    [(ENDS_BY, 1), (ENDS_AT, 40_000), (KIND, 0), (ZONE, 0), (LOW, 2500), (HIGH, 2500), (INTENSITY, 1)],
    [(ENDS_BY, 6), (ENDS_AT, 1), (KIND, 2), (ZONE, 3)],
    [(ENDS_BY, 0), (ENDS_AT, 600_000), (KIND, 1), (ZONE, 0), (LOW, 250), (HIGH, 260), (INTENSITY, 3)],
)
FIT_RUN = fit_file(*FIT_STEPS)
