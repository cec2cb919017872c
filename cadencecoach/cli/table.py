"""The commands: where each stands, and its line of help. Nothing is imported to print it."""

# name -> (module in `cli.commands`, attribute, one line of help)
COMMANDS: dict[str, tuple[str, str, str]] = {
    "demo": ("demo", "demo", "90 s guided session with a simulated runner; no hardware needed."),
    "run": ("run", "run", "Guided session, live."),
    "rehearse": ("rehearse", "rehearse", "The same session in virtual time: sound file and journal."),
    "metronome": ("metronome", "metronome", "The beat alone; no plan, no sensor needed."),
    "doctor": ("doctor", "doctor", "What works here, what to do about what does not; measures the beat."),
    "history": ("history", "history", "What happened: sessions listed, shown, reported, exported."),
    "plan": ("plan", "plan", "Write, check and show plans; workouts of other programs in and out."),
    "checkin": ("checkin", "checkin", "How the body is: pain, soreness, readiness; in three keys."),
    "baseline": ("baseline", "baseline", "Your own cadence: two runs make one; what was seen beside it."),
    "session": ("session", "session", "Sessions in the log of an athlete; one that must not count."),
    "athlete": ("athlete", "athlete", "Who is kept here: make, show, send, take in, forget."),
    "programme": ("programme", "programme", "Sessions over weeks: check, show, rehearse, start; what comes next."),
    "sensors": ("sensors", "sensors", "Find, watch, test, record and forget Bluetooth sensors."),
}
ABOUT = """A real-time audio cadence coach: plan in, coached session out.

  A coaching aid, not a medical device. Everything stays on this machine."""

_WIDTH = max(map(len, COMMANDS))
HELP = f"""Usage: cadencecoach [OPTIONS] COMMAND [ARGS]...

  {ABOUT}

Commands:
{chr(10).join(f"  {name:{_WIDTH}}  {line}" for name, (_, _, line) in COMMANDS.items())}

Options:
  --version   Show the version and exit.
  --debug     Show a traceback when something goes wrong.
  -h, --help  Show this message and exit.

  cadencecoach COMMAND --help tells more about a command."""
