"""What a runner reads in a session, one row a text: on the screen, in plain lines, as answers to keys, and at its end.

It is the part of a phrasebook that is seen and not heard. English stands here as the default; a language that lacks a
text shows the English one. Words of the keys themselves are in `plan.key_texts`.
"""

from dataclasses import dataclass
from typing import ClassVar

from cadencecoach.plan.forms import TextTable

MAX_TEXT_CHARS = 160


@dataclass(frozen=True, slots=True, kw_only=True, init=False, repr=False, eq=False)
class ScreenTexts(TextTable):
    """The texts; in braces stands what `fill` puts in, the same in every language."""

    LONGEST: ClassVar = MAX_TEXT_CHARS

    # Why a key does nothing.
    not_begun: str = "the session has not begun"
    paused_key: str = "paused: press space to go on"
    stopped_key: str = "stopped: press q to end and save the session"
    no_message: str = "no message from your clinician to hear"
    message_waits: str = "other words come first: press v again in a moment"
    message_spoken: str = "a message from your clinician"
    message_no_voice: str = "no voice here can speak the message: read it after the run"
    no_such_key: str = "{key} is not a key of this session"
    metronome_key: str = "this key works only with the metronome"
    no_stages: str = "the metronome has no stages to go to"
    no_target_to_move: str = "this stage has no target to move"
    no_target_yet: str = "no target before your own cadence is measured: keep running"
    target_moves_by: str = "the target moves by at most {limit} spm"
    target_limit_spm: str = "target not raised: {limit} spm is the limit over the programme's first baseline"
    target_limit_percent: str = "target not raised: {limit} % is the limit of the programme"
    target_limit_own: str = "target not raised: {limit} % over your own cadence is the limit for the keys"
    tempo_range: str = "the tempo is {low} to {high} beats a minute"
    no_unit: str = "no sensor whose steps and strides can be switched"
    # What a key came to.
    tap: str = "tap {number} of {wanted}"
    unit_switched: str = "sensor switched: {unit}"
    sound_off: str = "sound off"
    sound_on: str = "sound on"
    voice_off: str = "voice off"
    voice_on: str = "voice on"
    beat_volume: str = "beat volume {level} of {most}"
    words_volume: str = "words volume {level} of {most}"
    volume_muted: str = "{volume}; the sound is off"
    volume_most: str = "{volume}: as loud as it goes"
    volume_least: str = "{volume}: as soft as it goes"
    stage_skipped: str = "next stage; Backspace within {seconds} s goes back"
    skip_undone: str = "back in the stage before"
    stop_asked: str = "end the session? q or Enter ends it; any other key goes on"
    last_stage_asked: str = "this is the last stage: n or Enter ends the session; any other key goes on"
    goes_on: str = "not ended: the session goes on"
    # A session that goes on after a break.
    warm_up_again: str = "Warm-up"
    broke_off_at: str = "Session of {started} ({plan}) broke off at {time}"
    broke_off_at_of: str = "Session of {started} ({plan}) broke off at {time} of {whole}"
    stopped_at: str = "Session of {started} ({plan}) was stopped at {time}"
    stopped_at_of: str = "Session of {started} ({plan}) was stopped at {time} of {whole}"
    no_yes_or_no: str = "{answer} is not an answer: type {yes} or {no}"
    no_such_number: str = "{answer} is not an answer: type a number from 1 to {most}"
    break_runs: str = "{session} is running now"
    break_other_runs: str = "session {session} is running; end it before another one goes on"
    go_on_asked: str = "{session}: go on? Enter goes on, n finishes and saves it"
    go_on_how: str = "{session}; go on with it: `{command}`"
    broke_off_one: str = "session {session} broke off; nothing recorded is lost: finish it with `{command}`"
    broke_off_several: str = "{number} sessions broke off; nothing recorded is lost: finish them with `{command}`"
    finish_one_asked: str = "Session {session} broke off before the end. Finish the record now?"
    finish_several_asked: str = "{number} sessions broke off before the end. Finish the records now?"
    finished_after: str = "{session}: interrupted after {time}, {steps} steps"
    break_finish: str = "finish and save it: `{command}`"
    break_no_plan: str = "{session} cannot be resumed: there is no plan in its journal; {finish}"
    break_stopped: str = "{session} cannot be resumed: {why}; {finish}"
    break_nothing_left: str = "{session}: nothing is left to run; it ended as planned"
    break_clock: str = (
        "{session} cannot be resumed: a clock was changed, so how long ago it broke off is unknown; {finish}"
    )
    break_too_long: str = "{session} broke off more than {hours} h ago and cannot be resumed; {finish}"
    break_for_pain: str = "it was stopped for pain at {time} ({what})"
    break_was_wrong: str = "something was wrong"
    break_soreness: str = "soreness {level} of 10, above {limit}"
    break_forgotten: str = "{athlete} is no longer kept here, and what was said about pain is unknown"
    break_programme: str = "the programme is stopped"
    break_limit: str = "targets may now be {limit} at most, less than when it began"
    break_minutes: str = "a session may now take {limit} min at most, and this one is longer"
    break_ran_since: str = "another session, {other}, has been run since then"
    break_saved: str = "{session} is not resumed; what was recorded of it is saved"
    break_unrated: str = (
        "{session} cannot be resumed: pain was noted in it and never rated, and nobody has said how it is now"
    )
    # Pain.
    pain_key: str = "pain key pressed"
    pain_question: str = "pain now? 0 none to 9, {ten} is 10"
    pain_level: str = "pain {level} of 10"
    pain_corrected: str = "pain {level} of 10, not 1"
    something_wrong: str = "something is wrong"
    pain_answered: str = "{answer}; Backspace takes it back"
    pain_one_answered: str = "{answer}; 0 makes it 10, Backspace takes it back"
    wrong_answered: str = "something wrong; Backspace takes it back"
    ten_too_late: str = "0: too late to turn the 1 into a 10 ({seconds} s); press p to answer again"
    no_question: str = "{key}: no question is open; press p to rate pain"
    back_too_late: str = "Backspace: too late ({seconds} s); correct it after the run"
    nothing_to_take_back: str = "Backspace: nothing to take back"
    question_taken_back: str = "pain question taken back"
    level_taken_back: str = "pain {level} of 10 taken back"
    wrong_taken_back: str = "something is wrong: taken back"
    pain_scale: str = "pain now, 0 none to 10 worst"
    # Notes.
    too_little_run: str = (
        "no baseline taken: {running} s of running, {readings} readings; "
        "{wanted} s and {wanted_readings} readings are needed"
    )
    first_beat_met: str = "first beat in step: asynchrony {mean} ms"
    held_beat_met: str = "beat held in step: asynchrony mean {mean} ms, SD {sd} ms, {number} footfalls"
    # The banner: the one thing a runner should see, in capitals.
    banner_over: str = "SESSION OVER"
    banner_paused: str = "PAUSED"
    banner_stopped: str = "SLOW TO A WALK, THEN STOP"
    banner_pain_question: str = "PAIN? 0 TO 9, {ten} IS 10"
    banner_pain: str = "PAIN {level} OF 10"
    banner_free: str = "RUN AS YOU LIKE"
    banner_settling: str = "SETTLE IN"
    banner_to_beat: str = "RUN TO THE BEAT"
    banner_no_sensor_yet: str = "NO SENSOR YET"
    banner_no_sensor: str = "NO SENSOR"
    banner_sensor_silent: str = "SENSOR SILENT"
    banner_walking: str = "WALKING"
    banner_standing: str = "STANDING"
    banner_below: str = "QUICKER"
    banner_on_target: str = "ON TARGET"
    banner_above: str = "EASIER"
    banner_beat: str = "ONE BEAT, ONE STEP"
    banner_silent_beat: str = "KEEP THE TEMPO"
    # Around the figures.
    cadence_label: str = "CADENCE, steps a minute"
    your_cadence_label: str = "YOUR CADENCE"
    target_label: str = "TARGET"
    no_target_label: str = "NO TARGET"
    beat_label: str = "BEAT"
    no_beat_label: str = "NO BEAT"
    time_left_label: str = "TIME LEFT"
    minutes_left_label: str = "MINUTES LEFT"
    time_done_label: str = "TIME SO FAR"
    minutes_done_label: str = "MINUTES SO FAR"
    tempo_label: str = "TEMPO"
    no_target: str = "no target"
    target: str = "target {target}"
    target_band: str = "target {target} ({band})"
    range: str = "{low} to {high}"
    to_go: str = "{time}, {left} to go"
    stage: str = "Stage {number} of {n_stages}: {name}"
    left: str = "{left} left"
    until_key: str = "{time}, n ends it"
    next_stage: str = "Next: {name}"
    next_end: str = "Next: end of session"
    keys_back: str = "? goes back; other keys work as usual"
    last_cue: str = "Coach: {words}"
    beat: str = "beat {tempo}"
    beat_silent: str = "no beat in this stage"
    no_beat_now: str = "no beat now"
    signal: str = "signal {percent}"
    heart: str = "heart {rate}"
    help: str = "help {percent}"
    baseline: str = "baseline {cadence}"
    drill: str = "drill"
    own_cadence: str = "your own cadence"
    # How the metronome clicks.
    click_sound: str = "sound {name}"
    every_stride: str = "every stride"
    accent: str = "accent {foot}"
    feet_apart: str = "feet left and right"
    left_out: str = "{percent} left out"
    on_the_way: str = "moving to {tempo}"
    # Lines without a terminal.
    line_running: str = "running"
    line_walking: str = "walking"
    line_standing: str = "standing"
    line_sensor_lost: str = "sensor lost"
    line_paused: str = "paused"
    line_resumed: str = "resumed"
    line_stage: str = "stage {number} of {n_stages}: {name} ({length})"
    line_stage_target: str = "stage {number} of {n_stages}: {name} ({length}, target {target})"
    line_until_key: str = "until the next key"
    line_target: str = "{target} from now on"
    line_cue: str = "cue: {words} ({reason})"
    line_baseline: str = "baseline {cadence} spm from {readings} readings"
    line_baseline_run: str = "baseline {cadence} spm from {readings} readings, {running} s of running"
    line_clicks_on: str = "clicks on"
    line_clicks_off: str = "clicks off: keep the tempo"
    line_note: str = "note: {words}"
    line_key: str = "key: {words}"
    line_end: str = "end: {reason}"
    line_cadence: str = "{cadence} spm"
    line_no_cadence: str = "no cadence"
    line_how: str = "stage {number} of {n_stages}"
    line_how_left: str = "stage {number} of {n_stages}, {left} left"
    line_tempo: str = "tempo {tempo}"
    line_cadence_against: str = "cadence {cadence} ({difference})"
    # Why a cue was given, and why a session ended: one or two words.
    cue_stage: str = "stage"
    cue_countdown: str = "countdown"
    cue_plan: str = "plan"
    cue_below: str = "below"
    cue_above: str = "above"
    cue_back: str = "back"
    cue_sensor_lost: str = "sensor lost"
    cue_sensor_back: str = "sensor back"
    cue_sensor_unclear: str = "sensor unclear"
    cue_baseline: str = "baseline"
    cue_summary: str = "summary"
    cue_session: str = "session"
    cue_time: str = "time"
    cue_recall: str = "recall"
    cue_tone: str = "tone"
    cue_pain: str = "pain"
    cue_speed: str = "speed"
    end_finished: str = "finished"
    end_stopped: str = "stopped"
    end_interrupted: str = "interrupted"
    # What a stage asks for, and which foot.
    asks_free: str = "free"
    asks_walk: str = "walk"
    asks_baseline: str = "baseline"
    foot_left: str = "left"
    foot_right: str = "right"
    # The sensor.
    the_sensor: str = "The sensor"
    steps: str = "steps"
    strides: str = "strides"
    twice_the_steps: str = "twice the steps"
    unit_overturned: str = (
        "{sensor} counts {after}, not {before}: its numbers would be impossible otherwise. If that is wrong, press u."
    )
    unit_open: str = "Cannot tell yet whether {sensor} counts steps or strides. Run a little faster, or press u."
    unit_open_unnamed: str = (
        "Cannot tell yet whether the sensor counts steps or strides. Run a little faster, or press u."
    )
    sensor_jumps: str = (
        "{sensor}'s numbers jump about and make no sense. If they keep doing so, put it on again or change its battery."
    )
    sensor_no_cadence: str = (
        "{sensor} sends something other than a cadence, perhaps power. Change that in the sensor's own app."
    )
    sensor_no_steps_yet: str = (
        "{sensor} has counted no steps yet. If you are moving, put it on again or change its battery."
    )
    sensor_zero: str = "{sensor} says 0 steps a minute while you move. Put it on again or change its battery."
    sensor_senseless: str = (
        "{sensor}'s numbers make no sense: {cadence} steps a minute. Press u to count them the other way."
    )
    counts_steps: str = "sensor counts steps"
    counts_strides: str = "sensor counts strides: doubled"
    counts_doubled: str = "sensor counts every step twice: halved"
    sensor_named: str = "{sensor}: {unit}"
    from_acceleration: str = "steps from acceleration, {placement}"
    worn_foot: str = "foot"
    worn_hip: str = "hip"
    worn_chest: str = "chest"
    worn_trunk: str = "hip or chest"
    worn_wrist: str = "wrist"
    sensor_leads: str = "now using {sensor}"
    sensor_sought: str = "looking for {sensor}"
    sensor_lost: str = "lost {sensor}; looking for it"
    sensor_moved: str = "{sensor} is back with a new address: {address}"
    sensor_no_steps: str = (
        "{sensor} is connected but sends no steps. If it is a foot pod, switch on its running mode in its own app."
    )
    mic_experimental: str = (
        "The microphone is experimental, and for a treadmill only. It listens during the session; no sound is stored."
    )
    mic_listening: str = "listening with {device}"
    mic_nothing: str = "listening, but no steps can be heard"
    mic_notes: str = "listening, but voices or music cover the steps"
    mic_seeking: str = "listening; finding our own beat in the sound first"
    mic_zeros: str = (
        "The microphone sends nothing but silence. Switch it on, or allow it in the privacy settings of this computer."
    )
    mic_gone: str = "lost {device}; trying to open it again"
    mic_beat_found: str = "the microphone hears the beat {delay} ms after it is played"
    battery_low: str = "{sensor}: battery {percent} %; change or charge it soon"
    messages_unread: str = "{number} sensor messages could not be read"
    # The sound.
    sound_lost: str = "the sound has stopped; trying to bring it back"
    sound_back: str = "the sound is back"
    music_fits_not: str = "no song fits this tempo; you hear the click"
    music_broken: str = "{song} cannot be read; the next song plays"
    music_late: str = "the music was not ready in time; you heard the click meanwhile"
    music_gone: str = "the music has stopped; you hear the click"
    music_no_songs: str = "there are no songs to run to; you hear the click. Add some: {command}"
    music_folder_not_used: str = "the plan names a music folder; it is used only when you run the plan file itself"
    sound_gone: str = "the session continues without sound: {reason}"
    sound_none: str = "the session has no sound: {reason}"
    sound_no_device: str = "No sound device. Try: {doctor}"
    other_device: str = "{device} is not connected: the sound goes to the system's default device"
    no_voice: str = "no voice, tones instead: {reason}"
    # The sensors around, before a session.
    pod_none_yet: str = "No foot pod found yet. Put it on and step on the spot to wake it..."
    pod_which: str = "Which one is yours?"
    pod_silent_which: str = "{sensor} is not heard. Which one is yours?"
    pod_wait: str = "none of them: wait for {sensor}"
    pod_awaited: str = "looking for {sensor}. Heard: {heard}; to use one: --feet ble:ADDRESS"
    pod_nearest: str = "using {sensor}, the nearest. Not yours? Name yours: --feet ble:ADDRESS"
    pod_moved: str = "using {sensor}, whose address is new. Not yours? Name yours: --feet ble:ADDRESS"
    pod_also_heard: str = "{told}. Also heard: {heard}"
    pod_sends: str = "{sensor} sends {kinds}, but no steps"
    pod_mute: str = "{sensors}. If one is a foot pod, switch on its running mode in its own app."
    pod_connected: str = "connected to this computer"
    pod_kind_heart: str = "heart rate"
    pod_wake: str = (
        "no foot pod found: wake it by stepping on the spot, and make sure no watch or phone is connected to it "
        "(a pod talks to one at a time)"
    )
    pod_scan: str = "`{command}` shows the sensors nearby"
    pod_name: str = "a pod that does not say what it is can be named: --feet ble:NAME"
    pod_without: str = "or go without a pod: by taps (--feet taps) or with no sensor (--feet none)"
    # A phone in place of a pod.
    phone_wifi: str = "With the app phyphox (free, from the app store); phone and computer in the same Wi-Fi:"
    phone_scan: str = '1. In phyphox tap "+", choose "Add experiment from QR code", and scan the code.'
    phone_address: str = "No camera? The experiment is at {address}"
    phone_allow: str = "2. If the phone asks, allow camera and local network. Tap OK when phyphox lists what it sends."
    phone_play: str = "3. Tap the play button."
    phone_remote: str = '1. In phyphox open "Acceleration with g". In its menu (three dots) tap "Allow remote access".'
    phone_remote_allow: str = "If the phone asks, allow the local network."
    phone_remote_play: str = "2. Tap the play button, unless it runs already."
    phone_wear: str = (
        "Leave phyphox open and do not lock the phone. Wear it tight to the body: belt, waistband or a snug pocket."
    )
    phone_logger: str = "Sensor Logger does as well: in its settings, HTTP push to {address}"
    phone_private: str = "The code keeps other people's phones out. What the phone sends is not encrypted."
    phone_waiting: str = "Waiting for the phone. Press any key to start without it."
    phone_nothing: str = (
        "Nothing has come yet. Is the phone in the same Wi-Fi? A firewall on this computer may block port {port}."
    )
    phone_never_came: str = (
        "Nothing came from the phone. Is it in the same Wi-Fi, does its app run, and does a firewall on this computer "
        "block it?"
    )
    phone_silent: str = "The phone does not answer. Is it in the same Wi-Fi, and remote access allowed?"
    phone_there: str = "The phone sends {rate} samples a second."
    phone_no_network: str = "this computer is in no local network; connect it to the phone's Wi-Fi"
    phone_cannot_listen: str = "no phone can be listened to: {reason}"
    phone_begun_again: str = "What listens to the phone had ended by itself, and was started again."
    phone_sought: str = "waiting for the phone"
    phone_sought_at: str = "waiting for the phone; its experiment for phyphox: {address}"
    phone_lost: str = (
        "Nothing from the phone. Open phyphox again, tap play and keep it in front. Is it still in the Wi-Fi?"
    )
    phone_lost_logger: str = (
        "Nothing from the phone. Open Sensor Logger again and start recording. Is it still in the Wi-Fi?"
    )
    phone_lost_remote: str = (
        "The phone does not answer. Open phyphox again, allow remote access and keep it in front. Is it in the Wi-Fi?"
    )
    phone_paused: str = "phyphox is paused on the phone: tap play."
    phone_other: str = 'phyphox does not measure acceleration now: open "Acceleration with g".'
    phone_second: str = "A second phone is sending; only the first one counts. Close the app on the other one."
    phone_without_gravity: str = (
        'The phone sends acceleration without gravity: steps may be missed. Choose acceleration "with g", '
        "or total acceleration."
    )
    phone_odd_times: str = "The phone's times make no sense. Close the app on it, open it again, and tap play."
    phone_senseless: str = "The phone's numbers make no sense as acceleration. Choose its accelerometer in m/s2."
    phone_no_steps: str = "No steps can be told from the phone's movement. If you are moving, wear it tighter to you."
    phone_wrong_code: str = "requests without the code, turned away at the phone's port: {number}"
    phone_too_much: str = "requests too large, too slow or too many, turned away at the phone's port: {number}"
    phone_unreadable: str = "messages that no phone app sends, turned away at the phone's port: {number}"
    phone_put_on: str = (
        "Put the phone where you will wear it, and run or walk on the spot. It is tested for {seconds} s."
    )
    phone_few_samples: str = "It sends {rate} samples a second; at least {least} are needed."
    phone_missing: str = "{percent} % of the samples never came: go nearer to the Wi-Fi."
    phone_gap: str = "Nothing came for {seconds} s: keep its app in front and the screen unlocked."
    phone_not_worn: str = "No steps were heard: wear it tight to the body, and run or walk while it is tested."
    phone_heard: str = "Heard: {cadence} steps a minute; {rate} samples a second."
    phone_will_do: str = "This phone will do."
    phone_title: str = "Steps for cadencecoach"
    phone_description: str = "Sends the phone's acceleration to the computer that coaches you."
    phone_info: str = "Tap play and put the phone away. Leave this screen open."
    # A baseline by taps, before a session without a sensor.
    taps_offer: str = "This plan counts from your own cadence, and there is no sensor to measure it."
    taps_question: str = "Measure it now? You run, and tap your steps for {seconds} s."
    taps_rail: str = "Run at your usual easy pace on the treadmill. Hold the rail with one hand at all times."
    taps_how: str = (
        "Tap the space bar with the other hand at each step; every second step will do. "
        "It takes {seconds} s from your first tap. q quits."
    )
    taps_safety: str = "Do not tap if you cannot hold on: press q, and start again with --baseline and a number."
    taps_of_steps: str = "{cadence} steps a minute (you tapped every step). Taps can be {error} steps a minute off."
    taps_of_second_steps: str = (
        "{cadence} steps a minute (you tapped every second step). Taps can be {error} steps a minute off."
    )
    taps_marked: str = (
        "It is kept as a baseline from taps: good enough for this run; "
        "starting a programme from it takes the clinician's consent."
    )
    taps_done: str = "Done, stop tapping."
    taps_use: str = "Use it for this run?"
    taps_again: str = "Tap again?"
    taps_too_few: str = "Too few taps: it takes at least {number} over at least {seconds} s."
    taps_held: str = "The key was held down. Lift your finger after each tap."
    taps_gaps: str = "Too many taps are missing. Keep tapping to the end."
    taps_irregular: str = "Your taps were uneven. Tap every step, or every second step, and keep to it."
    taps_changed: str = "The rhythm changed while you tapped. Wait until you run evenly, then tap."
    taps_too_quick: str = "Too quick to be steps. Tap once a step, or once every second step."
    taps_no_run: str = "Nobody runs at that rhythm, tapping every step or every second one. Start running, then tap."
    # Taps in a session: the runner taps when they want to.
    taps_any_time: str = "Tap your steps any time (t)"
    taps_in_run: str = (
        "Tap t with your steps, or with every second one, whenever you like. On "
        "a treadmill hold the rail with the other hand."
    )
    taps_not_here: str = "taps are for runs without a sensor: --feet taps"
    # `--feet auto`, where no sensor is heard.
    auto_asleep: str = "{sensor} is not heard: wake it and start again, or let --feet ble wait for it."
    auto_none: str = "No sensor of steps is heard. Three ways to be coached without a foot pod:"
    auto_taps: str = "  taps: press t now; then tap t with your steps, whenever you like"
    auto_phone: str = "  a phone at your hip: quit, and start with --feet phone"
    auto_mic: str = "  on a treadmill, the microphone (experimental): quit, then --feet mic"
    auto_asked: str = "t: tap; Enter: the beat alone; q: quit"
    auto_as_before: str = "No foot pod is heard: taps, as last time."
    auto_alone: str = "No foot pod is heard: the beat alone. Other ways: --feet taps, phone or mic."
    auto_alone_as_before: str = (
        "No foot pod is heard: the beat alone, as last time. Other ways: --feet taps, phone or mic."
    )
    # The end.
    summary_stage: str = "stage"
    summary_session: str = "session"
    summary_time: str = "time"
    summary_running: str = "running"
    summary_mean: str = "mean"
    summary_target: str = "target"
    summary_in_band: str = "in band"
    summary_steps: str = "steps"
    summary_corrected: str = "corrected"
    summary_ended: str = "Session {facts}."
    summary_baseline: str = "baseline {cadence} spm"
    summary_baseline_by_speed: str = "baseline {cadence} spm at the speeds run"
    summary_heard: str = "sensor on {percent} of the time"
    summary_no_sensor: str = "no sensor"
    summary_paused: str = "paused {time}"
    summary_distance: str = "Distance {distance}; {speed} while running."
    summary_cues: str = "Cues given: {counts}."
    summary_units: str = "Cadence in steps a minute; mean and time in band count only running time."
    journal: str = "journal: {file}"
    kept_session: str = "session {session}: {command}"
    metronome_ended: str = "{where}: {time}, {beats}, {tempo}"
    metronome_nowhere: str = "no sound"
    metronome_not_whole: str = "{file}, incomplete"
    metronome_one_beat: str = "1 beat"
    metronome_beats: str = "{number} beats"
    metronome_tempo: str = "{tempo} spm"
    metronome_tempos: str = "{before} to {after} spm"
    walking_included: str = "Including walking, the mean is {cadence} spm."
    off_speed: str = "{time} too fast or too slow for the baseline: not judged."
    pain_without_number: str = "Pain was reported without a number."
    pain_at_most: str = "Pain was reported, at most {level} of 10."
    was_wrong: str = "Something was wrong."
    beat_was_stopped: str = "The beat was stopped because of it at {time}."


ENGLISH_SCREEN = ScreenTexts()
