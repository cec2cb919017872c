// Sensors: who is around, what each says, which is mine; a test beat; what works here.
// @ts-check

import { newId } from "./keys.js";

const STRONG_DBM = -70;
const OLD_MS = 3000; // a number that is older does not look live
const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const wrong = find("wrong");
/** @type {EventSource | undefined} */
let stream;
/** @type {Map<string, number>} */
const greyAt = new Map();

/** @param {string} pattern @param {Record<string, unknown>} values */
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

/** @param {string} words */
function say(words) {
  /** @type {HTMLElement} */ (wrong.querySelector("p")).textContent = words;
  wrong.hidden = !words;
}

/**
 * Ask the server; the answer, or undefined where it was refused, and why has been said.
 * @param {string} method @param {string} path @param {unknown} [body]
 */
async function ask(method, path, body) {
  say("");
  try {
    const answer = await fetch(path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const told = answer.status === 204 ? {} : await answer.json();
    if (answer.ok) return told;
    say(told.error);
  } catch {
    say(texts.key_failed);
  }
  return undefined;
}

/** @param {{id: string, name: string, kinds: string[], signal_dbm: number | null, is_remembered: boolean, unit: string, is_held: boolean}} one */
function row(one) {
  const item = document.createElement("li");
  const left = document.createElement("div");
  const name = document.createElement("h2");
  const about = document.createElement("p");
  const value = document.createElement("div");
  const acts = document.createElement("div");
  item.id = one.id;
  name.textContent = one.name;
  about.className = "quiet";
  const signal = one.signal_dbm === null ? "" : one.signal_dbm >= STRONG_DBM ? texts.signal_strong : texts.signal_weak;
  const words = [one.kinds.join(", "), signal, one.is_remembered && texts.used_before, one.is_held && texts.is_held];
  about.textContent = words.filter(Boolean).join(" · ");
  left.append(name, about);
  value.className = "value";
  value.textContent = "–";
  acts.className = "acts";
  if (!one.is_held) acts.append(unitOf(one), button(texts.mine, () => void choose(one.id, {})));
  if (one.is_remembered) acts.append(button(texts.forget_sensor, () => void forget(one.id)));
  item.append(left, value, acts);
  return item;
}

/** @param {string} words @param {() => void} act */
function button(words, act) {
  const one = document.createElement("button");
  one.type = "button";
  one.className = "btn";
  one.textContent = words;
  one.addEventListener("click", act);
  return one;
}

/** @param {{id: string, unit: string, kinds: string[]}} one */
function unitOf(one) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  const unseen = document.createElement("span");
  unseen.className = "unseen";
  unseen.textContent = texts.counts;
  const choices = { auto: texts.counts_auto, steps: texts.counts_steps, strides: texts.counts_strides, doubled: texts.counts_doubled };
  for (const [unit, words] of Object.entries(choices)) select.add(new Option(words, unit, false, unit === (one.unit || "auto")));
  select.addEventListener("change", () => void choose(one.id, { unit: select.value }));
  label.append(unseen, select);
  return label;
}

/** @param {string} id @param {{unit?: string}} body */
async function choose(id, body) {
  if (await ask("PUT", `/api/sensors/${id}`, body)) find("state").textContent = texts.is_mine;
}

/** @param {string} id */
async function forget(id) {
  if (await ask("DELETE", `/api/sensors/${id}`)) find(id).remove();
}

/** @param {MessageEvent} event */
function show(event) {
  const told = JSON.parse(event.data);
  if (told.error) return say(told.error);
  const value = document.getElementById(told.id)?.querySelector(".value");
  if (!value) return;
  const isHeart = told.hr_bpm !== undefined && told.raw_per_min === undefined;
  const number = told.cadence_spm ?? told.raw_per_min ?? told.hr_bpm;
  if (number === undefined || number === null) return;
  const unit = document.createElement("small");
  const isSettled = told.cadence_spm !== undefined || number === 0;
  unit.textContent = isHeart ? fill(texts.heart, { rate: "" }).trim() : isSettled ? texts.steps_a_minute_unit : texts.not_settled;
  value.replaceChildren(String(Math.round(number)), unit);
  value.classList.remove("quiet");
  clearTimeout(greyAt.get(told.id));
  greyAt.set(told.id, window.setTimeout(() => value.classList.add("quiet"), OLD_MS));
}

/** @param {string[]} ids */
function listen(ids) {
  stream?.close();
  if (!ids.length) return;
  find("state").textContent = texts.listens;
  stream = new EventSource(`/api/sensors/values?ids=${ids.join(",")}`);
  stream.addEventListener("value", show);
  for (const kind of ["end", "error"]) {
    stream.addEventListener(kind, () => {
      stream?.close();
      find("state").textContent = "";
    });
  }
}

find("scan").addEventListener("click", async () => {
  const scan = /** @type {HTMLButtonElement} */ (find("scan"));
  stream?.close();
  scan.disabled = true;
  find("state").textContent = texts.looking;
  const told = await ask("POST", "/api/sensors/scan", {});
  scan.disabled = false;
  find("state").textContent = told && !told.sensors.length ? texts.no_sensor_found : "";
  if (!told) return;
  find("found").replaceChildren(...told.sensors.map(row));
  find("session").textContent = told.session;
  listen(told.sensors.filter((/** @type {{is_held: boolean}} */ one) => !one.is_held).map((/** @type {{id: string}} */ one) => one.id));
});

find("test").addEventListener("click", async () => {
  const metronome = { spm: Number(document.body.dataset.testSpm), for_s: Number(document.body.dataset.testS) };
  const sound = /** @type {HTMLSelectElement} */ (find("sound")).value;
  const told = await ask("POST", "/api/sessions", { id: newId(), metronome, sound, feet: "none" });
  find("test-state").textContent = told ? texts.test_beat_runs : "";
});

find("examine").addEventListener("click", async () => {
  const examine = /** @type {HTMLButtonElement} */ (find("examine"));
  examine.disabled = true;
  const told = await ask("GET", "/api/doctor");
  examine.disabled = false;
  if (!told) return;
  const rows = told.findings.map((/** @type {{about: string, text: string, todo: string, is_well: boolean}} */ one) => {
    const item = document.createElement("li");
    const about = document.createElement("b");
    const todo = document.createElement("p");
    about.textContent = one.about;
    todo.textContent = one.todo;
    item.className = one.is_well ? "" : "todo";
    item.append(about, ` ${one.text}`);
    if (one.todo) item.append(todo);
    return item;
  });
  find("ready").replaceChildren(...rows);
});

const known = JSON.parse(document.body.dataset.known ?? "[]");
find("found").replaceChildren(...known.map(row));
if (!known.length) find("state").textContent = texts.none_known;
