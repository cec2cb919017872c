// The metronome's page: a tempo by ring, number, keys or taps; what else is asked for; started, or made into a file.
// @ts-check

import { fill, find, say, start, texts } from "./ask.js";
import { makeDial, showDial } from "./dial.js";
import { hear } from "./hear.js";
import { Job } from "./jobs.js";
import { nameOf } from "./keys.js";

const fileMinutes = Number(document.body.dataset.fileMinutes);
const [tapsWanted, tapsKept, tapGapS] = (document.body.dataset.taps ?? "").split(" ").map(Number);
const form = /** @type {HTMLFormElement} */ (find("metronome"));
const spm = /** @type {HTMLInputElement} */ (find("spm"));
const wheel = find("wheel");
const hint = find("hint");
// The tempo.

function tempo() {
  return Number(spm.value) || 0;
}

/** @param {number} value */
function setTempo(value) {
  spm.value = String(Math.min(Number(spm.max), Math.max(Number(spm.min), value)));
  showTempo();
}

function showTempo() {
  showDial(wheel, tempo(), fill(texts.steps_a_minute, { number: spm.value }));
}

/** @type {number[]} */
let taps = [];

function tap() {
  const now = performance.now() / 1000;
  if (taps.length && now - taps[taps.length - 1] > tapGapS) taps = [];
  taps = [...taps, now].slice(-tapsKept);
  if (taps.length < tapsWanted) {
    hint.textContent = fill(texts.taps_so_far, { number: taps.length, wanted: tapsWanted });
    return;
  }
  const steps = field("every") === "stride" ? 2 : 1; // who hears strides taps strides
  setTempo(Math.round((60 * steps * (taps.length - 1)) / (now - taps[0])));
  hint.textContent = texts.tempo_hint;
}

makeDial(wheel, tempo, setTempo);
spm.addEventListener("input", showTempo);
find("tap").addEventListener("pointerdown", tap);
find("tap").addEventListener("click", (event) => event.detail || tap()); // the keyboard's; a finger was heard before
for (const button of document.querySelectorAll("button[data-by]")) {
  button.addEventListener("click", () => setTempo(tempo() + Number(/** @type {HTMLElement} */ (button).dataset.by)));
}
addEventListener("keydown", (event) => {
  if (event.target instanceof Element && event.target.closest("input, select")) return;
  const by = { up: 1, down: -1, PageUp: 5, PageDown: -5 }[nameOf(event) || event.key];
  if (by) setTempo(tempo() + by);
  else if (nameOf(event) === "t") tap();
  else return;
  event.preventDefault();
});

// What is asked for.

/** @param {string} name */
function field(name) {
  return String(new FormData(form).get(name) ?? "").trim();
}

/** @param {string} name @param {number} [times] @returns {number | undefined} */
function number(name, times = 1) {
  return field(name) === "" ? undefined : Number(field(name)) * times;
}

function asked() {
  const to = number("to");
  return {
    spm: tempo(),
    ...(to === undefined ? {} : { to, over_s: number("over", 60) }),
    for_s: number("for", 60),
    every: field("every"),
    accent: field("accent"),
    pan: number("pan"),
    on_s: number("on"),
    off_s: number("off"),
    silent_percent: number("silent"),
    say_every_s: number("say", 60),
    click: field("click"),
  };
}

/** Whether everything can be asked for; what cannot is opened and said. */
function isValid() {
  const missing = [
    ["over", field("to") !== "" && field("over") === "", texts.ramp_needs_time],
    ["to", field("over") !== "" && field("to") === "", texts.ramp_needs_tempo],
    ["off", field("on") !== "" && field("off") === "", texts.silence_needs_both],
    ["on", field("off") !== "" && field("on") === "", texts.silence_needs_both],
  ];
  for (const [name, isMissing, words] of missing) {
    const input = /** @type {HTMLInputElement} */ (form.elements.namedItem(String(name)));
    input.setCustomValidity(isMissing ? String(words) : "");
  }
  form.querySelector("input:invalid")?.closest("details")?.setAttribute("open", "");
  return form.reportValidity();
}

/** @param {string} name @returns {string} the words beside what is chosen */
function chosen(name) {
  const one = form.querySelector(`[name=${name}]:checked`);
  return one?.nextElementSibling?.textContent ?? "";
}

function showValues() {
  const ramp = field("to") && field("over");
  const silence = [
    field("on") && field("off") ? fill(texts.on_and_off, { on: field("on"), off: field("off") }) : "",
    Number(field("silent")) ? fill(texts.percent_left_out, { percent: field("silent") }) : "",
  ].filter(Boolean);
  const sides = ["every", "accent", "pan"].filter((name) => !form.querySelector(`[name=${name}]`)?.matches(":checked"));
  const around = /** @type {HTMLSelectElement} */ (form.elements.namedItem("sound"));
  const values = {
    ramp: ramp ? fill(texts.ramp_value, { spm: field("to"), minutes: field("over") }) : texts.off,
    length: field("for") ? fill(texts.minutes, { minutes: field("for") }) : texts.open_end,
    click: field("click"),
    sides: sides.map(chosen).join(", ") || texts.accent_none,
    silence: silence.join(", ") || texts.none,
    say: field("say") ? fill(texts.every_minutes, { minutes: field("say") }) : texts.off,
    around: around.selectedOptions[0]?.textContent ?? "",
  };
  for (const place of document.querySelectorAll("[data-value]")) {
    place.textContent = values[/** @type {HTMLElement} */ (place).dataset.value ?? ""];
  }
}

form.addEventListener("input", showValues);
for (const input of form.querySelectorAll("[name=to], [name=over], [name=on], [name=off]")) {
  input.addEventListener("input", () => /** @type {HTMLInputElement} */ (input).setCustomValidity(""));
}

form.addEventListener("keydown", (event) => {
  // Enter takes a number; it does not start a beat that nobody has asked for.
  if (event.key === "Enter" && event.target instanceof HTMLInputElement) event.preventDefault();
});

// Heard.

function play() {
  const now = asked();
  void hear({ ...now, spm: now.spm || 170, pan: now.pan ?? 0 }).catch(() => say(texts.not_heard));
}

find("hear").addEventListener("click", play);
form.addEventListener("change", (event) => {
  const { name } = /** @type {HTMLInputElement} */ (event.target);
  if (["click", "every", "accent", "pan"].includes(name)) play();
});

// Started.

form.addEventListener("submit", (event) => {
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (find("start"));
  if (button.disabled || !isValid()) return;
  void start(button, { metronome: asked(), feet: field("feet"), sound: field("sound"), music: field("music") });
});

// Made into a file.

const made = find("made");
const progress = /** @type {HTMLProgressElement} */ (find("progress"));
const download = /** @type {HTMLAnchorElement} */ (find("download"));

const job = new Job("metronome", (told, error) => {
  const isGoing = told?.state === "waiting" || told?.state === "running";
  const isDone = told?.state === "done";
  progress.hidden = find("cancel").hidden = !isGoing;
  find("make").hidden = isGoing;
  download.hidden = !isDone;
  progress.value = told?.ratio ?? 0;
  made.textContent = error;
  if (told?.state === "waiting") made.textContent = texts.file_waits;
  if (told?.state === "running") {
    const values = { percent: Math.floor(told.ratio * 100), file: told.file };
    made.textContent = fill(texts.file_so_far, values);
  }
  if (told && isDone) {
    download.href = `/api/jobs/${told.id}/file`;
    const language = document.documentElement.lang;
    const megabytes = ((told.n_bytes ?? 0) / 1e6).toLocaleString(language, { maximumFractionDigits: 1 });
    made.textContent = fill(texts.file_ready, { file: told.file, megabytes });
  }
});

find("make").addEventListener("click", () => {
  if (!isValid()) return;
  const minutes = number("for") ?? fileMinutes;
  const metronome = { ...asked(), for_s: minutes * 60 };
  const { athlete } = document.body.dataset;
  const music = field("music");
  void job.begin({ kind: "metronome", form: field("form"), metronome, music, ...(athlete ? { athlete } : {}) });
});
find("cancel").addEventListener("click", () => void job.cancel());

showTempo();
showValues();
