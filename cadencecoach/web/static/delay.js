// The delay of headphones: a slow beat plays at the computer, and each tap is sent with the time it had by its clock.
// @ts-check

import { errorOf, fill, find, newId, request, say, texts, unsay } from "./ask.js";

const SYNCS = 60;
const GOOD_S = 0.01; // there and back: looked for no longer
const SLOWEST_S = 0.05; // what is slower says too little of when a tap was
/** What the computer's clock is ahead of ours. @type {number} */
let aheadS = 0;
/** @type {AbortController | null} */
let measuring = null;

/** Read the computer's clock, by the answer that was quickest of many. Whether that is good enough. */
async function readClock() {
  let best = Infinity;
  for (let n = 0; n < SYNCS && best > GOOD_S; n++) {
    const askedS = performance.now() / 1000;
    const answer = await request("GET", "/api/delay/clock");
    const tookS = performance.now() / 1000 - askedS;
    if (answer?.ok && tookS < best) [best, aheadS] = [tookS, answer.told.now_s - askedS - tookS / 2];
  }
  return best <= SLOWEST_S;
}

/** @param {Event} event */
function tap(event) {
  if (!measuring) return;
  event.preventDefault();
  void request("POST", "/api/delay/taps", { id: newId(), at_s: event.timeStamp / 1000 + aheadS });
}

/** @param {boolean} isOn */
function show(isOn) {
  const had = find("measuring").hidden;
  for (const id of ["give-up", "measuring"]) find(id).hidden = !isOn;
  find("measure").disabled = isOn;
  if (isOn && had) find("tap").focus();
  if (!isOn && !had) find("measure").focus();
}

/** One line of what the computer tells. @param {any} told */
function take(told) {
  if (told.error) say(told.error);
  if (told.words) find("delay-state").textContent = told.words;
  if (told.of) Object.assign(find("beats"), { max: told.of, value: told.n_beats });
}

async function measure() {
  unsay();
  find("delay-state").textContent = "";
  find("measure").disabled = true;
  if (!(await readClock())) {
    find("measure").disabled = false;
    return say(fill(texts.delay_too_slow, { command: document.body.dataset.delayCommand }));
  }
  measuring = new AbortController();
  find("beats").value = 0;
  show(true);
  try {
    const body = JSON.stringify({ sound: find("sound").value });
    const answer = await fetch("/api/delay", { method: "POST", body, headers: { "cadencecoach-person": document.body.dataset.person ?? "" }, signal: measuring.signal });
    if (!answer.ok || !answer.body) return say(errorOf({ ok: false, status: answer.status, told: await answer.json() }));
    const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
    let rest = "";
    for (let part = await reader.read(); !part.done; part = await reader.read()) {
      const lines = (rest + part.value).split("\n");
      rest = lines.pop() ?? "";
      for (const line of lines) take(JSON.parse(line));
    }
  } catch {
    if (measuring.signal.aborted) find("delay-state").textContent = texts.delay_ended;
    else say(texts.key_failed);
  } finally {
    measuring = null;
    show(false);
  }
}

find("measure").addEventListener("click", () => void measure());
find("give-up").addEventListener("click", () => measuring?.abort());
find("tap").addEventListener("pointerdown", tap);
find("tap").addEventListener("click", (/** @type {MouseEvent} */ event) => event.detail === 0 && tap(event)); // of a screen reader
document.addEventListener("keydown", (event) => {
  if (!measuring || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === "Escape" || event.key === "q") measuring.abort();
  if (event.target === find("give-up")) return;
  if (event.key !== " " && event.key !== "Enter") return;
  if (event.repeat) event.preventDefault();
  else tap(event);
});
document.addEventListener("keyup", (event) => {
  if (measuring && event.key === " " && event.target !== find("give-up")) event.preventDefault(); // else it is a click, too
});
