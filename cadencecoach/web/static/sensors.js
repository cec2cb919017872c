// Sensors: who is around, what each says, which is mine; a test beat; what works here.
// @ts-check

import { ask, fill, find, newId, say, texts } from "./ask.js";

const STRONG_DBM = -70;
const OLD_MS = 3000; // a number that is older does not look live
/** @typedef {{id: string, name: string, kinds: string[], is: string, signal_dbm: number | null, is_remembered: boolean, unit: string, is_held: boolean, counts_steps: boolean}} Sensor */
/** @type {EventSource | undefined} */
let stream;
/** @type {Map<string, number>} */
const greyAt = new Map();

/** @param {Sensor} one */
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
  const words = [one.is, signal, one.is_remembered && texts.used_before, one.is_held && texts.is_held];
  about.textContent = words.filter(Boolean).join(" · ");
  left.append(name, about);
  value.className = "value";
  value.textContent = "–";
  acts.className = "acts";
  const hasSteps = one.counts_steps;
  if (!one.is_held && hasSteps) acts.append(unitOf(one));
  if (!one.is_held) acts.append(button(texts.mine, () => void choose(one, {})));
  if (one.is_remembered) acts.append(button(texts.forget_sensor, () => void forget(one)));
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

/** @param {Sensor} one */
function unitOf(one) {
  const label = document.createElement("label");
  const select = document.createElement("select");
  const unseen = document.createElement("span");
  unseen.className = "unseen";
  unseen.textContent = texts.counts;
  const choices = { auto: texts.counts_auto, steps: texts.counts_steps, strides: texts.counts_strides, doubled: texts.counts_doubled };
  for (const [unit, words] of Object.entries(choices)) select.add(new Option(words, unit, false, unit === (one.unit || "auto")));
  select.addEventListener("change", () => void choose(one, { unit: select.value }));
  label.append(unseen, select);
  return label;
}

/** @param {Sensor} one @param {{unit?: string}} body */
async function choose(one, body) {
  if (!(await ask("PUT", `/api/sensors/${one.id}`, body))) return;
  find("state").textContent = texts.is_mine;
  replace({ ...one, ...body, is_remembered: true });
}

/** @param {Sensor} one */
async function forget(one) {
  if (!(await ask("DELETE", `/api/sensors/${one.id}`))) return;
  find("state").textContent = "";
  if (one.signal_dbm === null) find(one.id).remove();
  else replace({ ...one, unit: "", is_remembered: false });
}

/** Show a sensor anew, with the number it has sent; the keyboard stays where it was. @param {Sensor} one */
function replace(one) {
  const old = find(one.id);
  const hadFocus = old.contains(document.activeElement);
  const made = row(one);
  made.querySelector(".value")?.replaceWith(old.querySelector(".value"));
  old.replaceWith(made);
  if (hadFocus) /** @type {HTMLElement | null} */ (made.querySelector(".acts .btn"))?.focus();
}

/** @param {MessageEvent} event */
function show(event) {
  const told = JSON.parse(event.data);
  if (told.error) return say(told.error);
  const value = find(told.id)?.querySelector(".value");
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
  const answer = await ask("POST", "/api/sensors/scan", {});
  scan.disabled = false;
  find("state").textContent = answer && !answer.told.sensors.length ? texts.no_sensor_found : "";
  if (!answer) return;
  const { told } = answer;
  find("found").replaceChildren(...told.sensors.map(row));
  find("session").textContent = told.session;
  listen(told.sensors.filter((/** @type {Sensor} */ one) => !one.is_held).map((/** @type {Sensor} */ one) => one.id));
});

find("test").addEventListener("click", async () => {
  const metronome = { spm: Number(document.body.dataset.testSpm), for_s: Number(document.body.dataset.testS) };
  const sound = /** @type {HTMLSelectElement} */ (find("sound")).value;
  const answer = await ask("POST", "/api/sessions", { id: newId(), metronome, sound, feet: "none" });
  find("test-state").textContent = answer ? texts.test_beat_runs : "";
});

find("examine").addEventListener("click", async () => {
  const examine = /** @type {HTMLButtonElement} */ (find("examine"));
  examine.disabled = true;
  const answer = await ask("GET", "/api/doctor");
  examine.disabled = false;
  if (!answer) return;
  const rows = answer.told.findings.map((/** @type {{about: string, text: string, todo: string, is_well: boolean}} */ one) => {
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
