// The live page: one moment of a session after another, and the keys of whoever runs.
// @ts-check

import { fill, find, texts } from "./ask.js";
import { stayAwake } from "./awake.js";
import { showDigits } from "./digits.js";
import { nameOf, press } from "./keys.js";
import { Sheets, write } from "./sheets.js";
import { SILENT_S, Stream } from "./stream.js";
import { drawStages, drawTrace } from "./trace.js";

const SIGNS = {
  dot: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16z",
  up: "M10 1 19 12h-5v7H6v-7H1z",
  down: "M10 19 1 8h5V1h8v7h5z",
  free: "M10 2a8 8 0 1 0 0 16 8 8 0 0 0 0-16zm0 3a5 5 0 1 1 0 10 5 5 0 0 1 0-10z",
  cross: "m4 1 6 6 6-6 3 3-6 6 6 6-3 3-6-6-6 6-3-3 6-6-6-6z",
  pause: "M3 2h5v16H3zM12 2h5v16h-5z",
  stop: "M6 0h8l6 6v8l-6 6H6l-6-6V6z",
  ask: "M7 13h6v-2q4-1 4-5 0-5-7-5T3 6h5q0-2 2-2t2 2-5 3zm0 2h6v5H7z",
};
const NEED_RUNNING = new Set(["next", "up", "down"]);
const TARGET = new Set(["up", "down"]);
const WORDS_S = 8;
const OLD_S = 3; // an older cadence is not shown as one of now
const FIRST_S = 4; // so long a page that has just been opened says that it connects
const FAILED_MS = 5000;
const WHOLE_MINUTES_FROM_S = 600;

const narrow = matchMedia("(orientation: portrait) and (max-width: 599px)");
narrow.addEventListener("change", () => draw());

const body = document.body;
const { session = "" } = body.dataset;
/** @type {Record<string, string>} */
const keys = JSON.parse(body.dataset.keys ?? "{}");

/** @type {any} */
let about = null;
/** @type {any} */
let moment = null;
/** @type {import("./trace.js").Point[]} */
let trace = [];
let said = { at: -Infinity, words: "" };
let failed = "";
let joinedAt = -Infinity;
let isOver = false;

const stream = new Stream(`/api/sessions/${session}/events`, {
  session: (told) => {
    about = told;
    trace = told.trace;
    sheets.invite(told.joining);
    body.classList.toggle("metronome", told.mode === "metronome");
    const can = new Set(told.keys);
    for (const button of buttons()) button.hidden = !can.has(button.dataset.key);
    find("more").hidden = !can.size; // a screen on the wall has no keys
    if (told.mode === "metronome") nameMetronomeKeys();
  },
  moment: (told) => {
    if (moment?.is_joining && !told.is_joining) joinedAt = performance.now() / 1000;
    moment = told;
    body.classList.remove("connecting", "stale");
    trace.push(pointOf(told));
    if (trace.length > 900) trace = trace.slice(-800);
    draw();
  },
  said: (told) => {
    said = { at: performance.now() / 1000, words: told.words };
    drawLine();
  },
  end: (told) => {
    isOver = true;
    body.classList.remove("stale", "connecting");
    body.classList.add("over");
    sheets.end(told.reason === "gone" ? texts.gone : texts.over_reason);
  },
});

/** @returns {HTMLButtonElement[]} */
function buttons() {
  return [...document.querySelectorAll("button[data-key]")].map((one) => /** @type {HTMLButtonElement} */ (one));
}

function nameMetronomeKeys() {
  for (const [key, text] of [["up", texts.tempo_up], ["down", texts.tempo_down]]) {
    const button = buttons().find((one) => one.dataset.key === key);
    if (button) button.textContent = text;
  }
}

/** @param {any} told @returns {import("./trace.js").Point} */
function pointOf(told) {
  const isAlone = told.target_spm !== null && told.tempo_spm === null && !told.is_paused;
  const isKnown = !told.is_paused && told.age_s !== null && told.age_s <= OLD_S;
  return [told.sent_s, isKnown ? told.cadence_spm : null, told.low_spm, told.high_spm, isAlone];
}

function draw() {
  if (!moment || !about) return;
  drawBanner();
  drawFigures();
  drawLine();
  drawTrace(find("trace"), trace);
  drawStages(find("stages"), about.stages, moment.stage);
  find("stages").setAttribute("aria-label", fill(texts.stages, { number: moment.stage.number, n_stages: about.stages.length }));
  write("next", nextWords());
  write("to-go", toGo(moment.left_s));
  write("pause", moment.is_paused ? texts.go_on : texts.pause);
  find("pause").classList.toggle("main", moment.is_paused);
  for (const button of buttons()) {
    const key = button.dataset.key ?? "";
    if (key === "mute") button.setAttribute("aria-pressed", String(moment.is_muted));
    if (NEED_RUNNING.has(key)) button.disabled = moment.is_paused || moment.is_stopped || (TARGET.has(key) && !hasTarget());
  }
  sheets.show(moment);
}

/** Whether there is something that goes up and down. */
function hasTarget() {
  return about.mode === "metronome" || moment.target_spm !== null;
}

function drawBanner() {
  if (body.classList.contains("stale")) {
    find("sign").querySelector("path").setAttribute("d", SIGNS.cross);
    write("word", texts.no_connection);
    write("far", "");
    return;
  }
  if (!moment) return;
  const { sign, word, tone, far_spm: far } = moment.status;
  body.dataset.tone = tone;
  const path = find("sign").querySelector("path");
  if (path.getAttribute("d") !== SIGNS[sign]) path.setAttribute("d", SIGNS[sign] ?? SIGNS.free);
  const shown = moment.pain === "?" ? texts.how_much_pain.toUpperCase() : word;
  write("word", shown);
  const isJudged = sign === "up" || sign === "down"; // beside another word it would be a figure of something else
  write("far", far === null || !isJudged ? "" : far > 0 ? `+${far}` : `−${-far}`);
  const nChars = String(shown.length + (isJudged ? 3 : 0)); // the banner is as large as one line of them can be
  if (find("banner").style.getPropertyValue("--n") !== nChars) find("banner").style.setProperty("--n", nChars);
}

function drawFigures() {
  const isMetronome = about.mode === "metronome";
  const isOld = moment.age_s === null || moment.age_s + stream.age > OLD_S;
  const cadence = isOld || moment.is_paused ? null : moment.cadence_spm;
  figure("cadence", isMetronome ? (moment.tempo_spm ?? moment.target_spm) : cadence);
  figure("target", isMetronome ? cadence : moment.target_spm);
  write("cadence-name", isMetronome ? texts.tempo : texts.cadence);
  write("target-name", isMetronome ? texts.cadence : texts.target);
  body.classList.toggle("sensorless", isMetronome && moment.feet === "unknown");
  write("band", isMetronome ? "" : bandWords());
  write("rates", rates());
  const { stage } = moment;
  const isOpen = stage.length_s === null;
  const seconds = isOpen ? Math.floor(stage.done_s) : Math.max(0, Math.ceil(stage.length_s - stage.done_s));
  const time = seconds >= WHOLE_MINUTES_FROM_S ? wholeMinutes(seconds, isOpen) : clock(seconds);
  const spoken = fill(isOpen ? texts.time_in : texts.left_in, { stage: `${stage.name}: ${time}` });
  showDigits(find("left"), time, 3.4, spoken, narrow.matches);
  find("left").classList.remove("none");
  body.classList.toggle("last-seconds", !isOpen && seconds <= 5 && !moment.is_paused && !moment.is_over);
  const name = isMetronome ? (isOpen ? texts.time : texts.time_left) : fill(isOpen ? texts.time_in : texts.left_in, { stage: stage.name });
  write("left-name", name);
  write("place", about.stages.length > 1 ? fill(texts.stage_of, { number: stage.number, n_stages: about.stages.length }) : "");
}

/** @param {string} id @param {number | null} value */
function figure(id, value) {
  find(id).classList.toggle("none", value === null);
  const spoken = value === null ? texts.unknown : fill(texts.steps_a_minute, { number: value });
  showDigits(find(id), value === null ? "–" : String(value), 3, spoken, id !== "cadence" && narrow.matches);
}

/** @param {number} seconds */
function clock(seconds) {
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}

/** @param {number} seconds @param {boolean} isDone time done is rounded down, time left up */
function wholeMinutes(seconds, isDone) {
  return `${isDone ? Math.floor(seconds / 60) : Math.ceil(seconds / 60)} ${texts.minutes_short}`;
}

function bandWords() {
  if (moment.low_spm === null || moment.high_spm === null) return moment.target_spm === null ? texts.no_target : "";
  return fill(texts.band, { low: Math.ceil(moment.low_spm), high: Math.floor(moment.high_spm) });
}

function rates() {
  const parts = [];
  if (moment.rates_age_s + stream.age > OLD_S) return "";
  if (moment.hr_bpm !== null) parts.push(fill(texts.heart, { rate: moment.hr_bpm }));
  if (moment.speed && !moment.is_paused) parts.push(moment.speed);
  return parts.join(" · ");
}

function nextWords() {
  if (about.mode === "metronome") return moment.click;
  return moment.next ? fill(texts.next, moment.next) : texts.next_is_end;
}

/** @param {number | null} leftS */
function toGo(leftS) {
  if (leftS === null || moment.is_over) return "";
  return leftS < 60 ? texts.less_than_a_minute : fill(texts.to_go, { minutes: Math.ceil(leftS / 60) });
}

/** One line of what has just happened: trouble first, then what a key came to, then the song that is heard, or the coach's last words. */
function drawLine() {
  const now = performance.now() / 1000;
  const isStale = body.classList.contains("stale");
  const trouble = failed || (isStale ? "" : moment?.trouble);
  const words = now - said.at < WORDS_S ? said.words : (moment?.last_words ?? "");
  const answer = moment && (answerWords() || (now - joinedAt < WORDS_S ? texts.phone_sends : ""));
  const song = moment?.song && !isStale && now - said.at >= WORDS_S ? fill(texts.song, { title: moment.song }) : "";
  const text = trouble || (isStale ? " " : answer) || song || (words && fill(texts.words, { words }));
  write("line", text ?? "");
  find("line").className = trouble ? "trouble" : answer ? "answer" : now - said.at < WORDS_S ? "words new" : "words";
  const canUndo = !isStale && !isOver && Boolean(moment?.can_take_back) && !moment.is_stopped;
  find("undo").hidden = !canUndo;
  body.classList.toggle("undoing", canUndo);
}

/** One after the other: two requests at once may overtake each other. */
let sending = Promise.resolve(/** @type {string | null} */ (""));

/** @param {string} key @param {number} [value] */
function pressInTurn(key, value) {
  return (sending = sending.then(() => press(session, key, value)));
}

/** What a key came to; where it can be undone a button says so, and no key is named. */
function answerWords() {
  if (!moment.can_take_back) return moment.answer;
  if (/^\d+$/.test(moment.pain)) return fill(texts.pain_level, { level: moment.pain });
  return moment.pain ? moment.answer : fill(texts.skipped_to, { stage: moment.stage.name });
}

/** @param {string} key @param {number} [value] */
async function send(key, value) {
  tell(await pressInTurn(key, value));
}

/** Show for a while what is wrong with a key. @param {string | null} wrong null where nobody was reached */
function tell(wrong) {
  failed = wrong === null ? texts.key_failed : wrong;
  drawLine();
  if (failed) {
    const shown = failed;
    setTimeout(() => {
      if (failed === shown) failed = "";
      drawLine();
    }, FAILED_MS);
  }
}

/** What the stop sheet has asked about: the stop, or a next stage after the last. @param {string} key */
async function finish(key) {
  const wrong = await pressInTurn(key);
  if (wrong && key === "next") await send(key); // it asks once where a stage has a length; here that was asked
  else tell(wrong);
}

const sheets = new Sheets({ send, finish: (key) => void finish(key) });

/** @param {string} key */
function act(key) {
  if (isOver) return;
  if (key === "stop" || (key === "next" && moment && !moment.next && !moment.is_paused)) sheets.askToEnd(key);
  else sheets.press(key);
}

for (const button of buttons()) {
  const key = button.dataset.key ?? "";
  if (key === "tap") button.addEventListener("pointerdown", () => act(key)); // a click comes when the finger has left
  button.addEventListener("click", (event) => (key === "tap" && event.detail) || act(key));
}
find("undo").addEventListener("click", () => sheets.press("take back"));

addEventListener("keydown", (event) => {
  const name = nameOf(event);
  if (!name || isOver) return;
  if (sheets.take(name, keys[name], event)) return;
  const key = keys[name];
  if (!key || !about?.keys.includes(key)) return;
  event.preventDefault();
  act(key);
});

setInterval(() => {
  if (isOver) return;
  const isConnecting = body.classList.contains("connecting") && (about !== null || performance.now() / 1000 < FIRST_S);
  body.classList.toggle("stale", stream.age > SILENT_S && !isConnecting);
  drawBanner();
  if (moment && about) drawFigures();
  drawLine();
}, 200);

void stayAwake().then((isAwake) => {
  find("awake").hidden = isAwake;
});
