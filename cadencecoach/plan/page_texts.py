"""What is read on the page in a browser, one row a text, beside what it shares with the terminal's screen.

As in `plan.screen_texts`: English stands here as the default, and a language that lacks a text shows the English one.
"""

from dataclasses import dataclass

from cadencecoach.plan.forms import TextTable, check_texts

MAX_TEXT_CHARS = 240


@dataclass(frozen=True, slots=True, kw_only=True)
class PageTexts(TextTable):
    """The texts; in braces stands what `filled` puts in."""

    # Live: the figures.
    cadence: str = "Cadence"
    target: str = "Target"
    tempo: str = "Tempo"
    left_in: str = "Left in {stage}"
    time: str = "Time"
    time_left: str = "Time left"
    time_in: str = "Time in {stage}"
    stage_of: str = "{number} of {n_stages}"
    to_go: str = "{minutes} min to go"
    less_than_a_minute: str = "last minute"
    minutes_short: str = "min"
    band: str = "{low} to {high}"
    no_target: str = "no target"
    next: str = "Next: {name}, {target}"
    next_is_end: str = "Next: end of session"
    three_minutes_ago: str = "3 min ago"
    now: str = "now"
    trace: str = "Your cadence of the last 3 minutes, with the band"
    stages: str = "Stage {number} of {n_stages}"
    steps_a_minute: str = "{number} steps a minute"
    unknown: str = "not known"
    heart: str = "{rate} bpm"
    words: str = "“{words}”"
    # Live: the connection.
    no_connection: str = "No connection. The beat goes on; use the belt's own stop."
    connecting: str = "Connecting"
    over_reason: str = "The session is over and saved."
    gone: str = "The session has broken off. What was recorded is saved."
    to_start: str = "Back to the start"
    not_kept_on: str = "This browser lets the screen go dark. Touch it now and then, or change that in its settings."
    # Live: the buttons.
    controls: str = "Controls"
    pause: str = "Pause"
    go_on: str = "Go on"
    next_stage: str = "Next stage"
    target_up: str = "Target +1"
    target_down: str = "Target −1"  # noqa: RUF001  # a minus sign
    tempo_up: str = "Tempo +1"
    tempo_down: str = "Tempo −1"  # noqa: RUF001  # likewise
    mute: str = "Mute"
    pain: str = "Pain"
    unwell: str = "Something is wrong"
    stop: str = "Stop"
    undo: str = "Undo"
    key_failed: str = "That did not get through. Try again, or use the keyboard of the computer."
    # Live: pain.
    how_much_pain: str = "How much pain?"
    pain_scale: str = "0 is none, 10 the worst. {level} or more stops the beat."
    cancel: str = "Cancel"
    stop_running: str = "Stop running"
    pain_level: str = "Pain {level} of 10."
    something_wrong: str = "Something is wrong."
    beat_stopped: str = "The beat has stopped. Slow the belt, step off, and ask your clinician before you run again."
    end_and_save: str = "End and save"
    wrong_number: str = "Wrong number"
    # Live: the stop.
    stop_here: str = "Stop the session here?"
    stop_saves: str = "What you have run is saved."
    keep_running: str = "Keep running"
    stop_and_save: str = "Stop and save"
    # The start page.
    start_title: str = "What do you want to run?"
    who_runs: str = "Who runs?"
    guest: str = "Guest"
    today: str = "Today"
    why: str = "Why"
    no_run_today: str = "No run today."
    runs_now: str = "A session is running: {plan}"
    watch_it: str = "Watch it"
    nothing_runs: str = "No session is running. Start one here, or in a terminal: it is seen here too."
    plans: str = "Plans"
    metronome: str = "Metronome"
    metronome_about: str = "The beat alone, until you stop it."
    start: str = "Start"
    starting: str = "Starting"
    minutes: str = "{minutes} min"
    open_end: str = "until you stop it"
    needs_sensor: str = "needs a sensor"
    sensor: str = "Sensor"
    sound: str = "Sound"
    beats_a_minute: str = "Beats a minute"
    any_sensor: str = "The sensor that is near"
    no_sensor: str = "No sensor"
    simulated_runner: str = "A simulated runner, to try it"
    default_sound: str = "This computer's sound"
    no_sound: str = "No sound"
    no_sound_device: str = "No sound device: {reason}"
    run_doctor: str = "run cadencecoach doctor"
    skip: str = "Skip to content"
    pages: str = "Pages"
    # What cannot be done.
    session_gone: str = "This session is not running any more."
    no_such_choice: str = "There is no such choice. Load the page again."
    already_runs: str = "{plan} is already running. Watch it, or stop it first."
    not_begun: str = "The session did not begin. In a terminal, {command} says why."
    # What a screen on the wall shows in place of words.
    session: str = "Session"
    session_number: str = "Session {number}"
    stage_number: str = "Stage {number}"
    paused: str = "Paused"
    another_runs: str = "Another session is running on that computer. Start yours when it is over."
    # How a device comes in.
    pair_title: str = "Let this device in"
    pair_about: str = "Type the six digits that the computer shows. They are good for two minutes."
    six_digits: str = "Six digits"
    delete_digit: str = "Delete"
    let_in: str = "Connect"
    pair_wrong: str = "Those are not the digits. Check them on the computer, and try again."
    pair_locked: str = "Too many wrong tries. Ask for new digits at the computer."
    pair_closed: str = "These digits are used up or too old. Ask for new ones at the computer."
    no_answer: str = "The computer does not answer. Is this device in the same network?"
    desk_title: str = "Open everything, with the password"
    password: str = "Password"  # noqa: S105
    password_wrong: str = "That is not the password."  # noqa: S105
    password_locked: str = "Too many wrong tries. Wait two minutes, or use the computer itself."  # noqa: S105
    only_encrypted: str = "The desk is opened from other devices over an encrypted connection only."
    # The page of a screen that waits.
    screen_waits: str = "No session is running. This screen shows the next one by itself."
    # Devices that are connected.
    devices: str = "Devices"
    no_devices: str = "No other device is connected."
    role_screen: str = "Screen"
    role_runner: str = "Runner's device"
    role_desk: str = "Desk"
    screen_about: str = "Live figures only: no name, no pain, no words."
    runner_about: str = "One athlete or a guest: today, start, keys, check-in, own sessions."
    let_device_in: str = "Connect a device"
    let_in_as: str = "What is it for?"
    others_could_read: str = "Others in this Wi-Fi could read what a runner's device shows and sends."
    network_is_mine: str = "This network is my own"
    show_digits: str = "Show digits"
    scan_or_type: str = "Scan this with the device, or open the address on it and type the digits."
    qr_code: str = "QR code of the address and the digits"
    good_for: str = "Good for one device, two minutes and five tries."
    end_device: str = "Disconnect"
    device_gone: str = "This device is not connected any more. Load the page again."
    not_open: str = "Only this computer can open these pages. To connect tablets and phones, start them with {command}."

    def __post_init__(self) -> None:
        """Refuse a text that cannot be shown, or in which a value of the English one has no place."""
        check_texts(self, longest=MAX_TEXT_CHARS)


ENGLISH_PAGE = PageTexts()
