"""The commands: where each stands, and its line of help. Nothing is imported to print it."""

# name -> (module in `cli.commands`, attribute, one line of help)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "begin": ("begin", "begin", "Begin here: a few questions that lead to a first session."),
    "learn": ("learn", "learn", "Read about cadence, pain, shoes, when to stop, and the report."),
    "open": ("open", "open_", "Open the coach in a browser on this computer."),
    "demo": ("demo", "demo", "Try a guided session with a simulated runner; no hardware needed."),
    "run": ("run", "run", "Run a guided session."),
    "rehearse": ("rehearse", "rehearse", "Run a session in seconds, without devices: sound file and journal."),
    "metronome": ("metronome", "metronome", "Play the beat alone; no plan or sensor needed."),
    "music": ("music", "music", "Find the beats of your own songs; list, check and mend them."),
    "room": ("room", "room", "Coach up to eight runners on one computer, each on a lane."),
    "doctor": ("doctor", "doctor", "Check sound, Bluetooth and sensors; measure the beat."),
    "history": ("history", "history", "List, show, report and export past sessions."),
    "plan": ("plan", "plan", "Write, check and show plans; import and export workouts."),
    "checkin": ("checkin", "checkin", "Record pain, soreness and readiness with three keys."),
    "baseline": ("baseline", "baseline", "Record or show baselines: your own cadence, and observations."),
    "caseload": ("caseload", "caseload", "See who needs you today, worst first; own and close alerts."),
    "cohort": (
        "cohort",
        "cohort",
        "Write tables of all athletes, query them, simulate runners.",
    ),
    "finding": ("finding", "finding", "Record what was measured or seen; compare before and after."),
    "message": ("message", "message", "Write to a runner, read what they answer, keep notes."),
    "playbook": ("playbook", "playbook", "Show what helped a runner and what hurt: one page to print."),
    "session": ("session", "session", "List the sessions in an athlete's log, or exclude one."),
    "athlete": ("athlete", "athlete", "Add, show, export, import and forget athletes."),
    "programme": ("programme", "programme", "Check, rehearse and start sessions over weeks; see what comes next."),
    "settings": ("settings", "settings", "Show and change settings: units, sound, voice, language."),
    "backup": ("backup", "backup", "Write everything cadencecoach keeps into one file."),
    "restore": ("backup", "restore", "Put back what a backup holds; nothing on this machine is lost."),
    "store": ("store", "store", "Check where everything is kept; copy it into or out of a database."),
    "sensors": ("sensors", "sensors", "Find, watch, test, record and forget Bluetooth sensors."),
}
ABOUT = """A real-time audio cadence coach: it runs the session that a plan describes.

  A coaching aid, not a medical device. Everything stays on this machine."""

_WIDTH = max(map(len, COMMANDS))


def help_text(program: str) -> str:
    """The help of all commands; `program` is what is typed before one."""
    return f"""Usage: {program} [OPTIONS] COMMAND [ARGS]...

  {ABOUT}

Commands:
{chr(10).join(f"  {name:{_WIDTH}}  {line}" for name, (_, _, line) in COMMANDS.items())}

Options:
  --version   Show the version and exit.
  --debug     Show a traceback when something goes wrong.
  -h, --help  Show this message and exit.

  Run {program} COMMAND --help for help on a command."""
