// The first time: one question a screen. The keys of the answers stand in this page's memory, and in no address.
// @ts-check

import { ask, errorOf, find, put, request, start, texts } from "./ask.js";
import { watchChoices } from "./ready.js";

const screen = /** @type {HTMLElement} */ (find("screen"));
history.replaceState({ keys: "" }, "");
window.addEventListener("popstate", (event) => void show(event.state?.keys ?? ""));
screen.addEventListener("click", (event) => void choose(event));
screen.addEventListener("submit", (event) => void begin(event));

const keysNow = () => /** @type {HTMLElement} */ (screen.querySelector(".step")).dataset.keys ?? "";

/** Show a screen; what is touched meanwhile would answer a question that is on its way out. @param {string} keys */
async function show(keys) {
  screen.inert = true;
  const answer = await ask("POST", "/begin", { keys });
  screen.inert = false;
  if (!answer) return;
  put(screen, answer.told);
  watchChoices();
}

/** @param {Event} event */
async function choose(event) {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const { key, look, demo } = button.dataset;
  if (key) {
    history.pushState({ keys: keysNow() + key }, "");
    await show(keysNow() + key);
  } else if ("back" in button.dataset) history.back();
  else if (look) await listen(button);
  else if (demo) await start(button, JSON.parse(demo));
}

/** @param {HTMLButtonElement} button */
async function listen(button) {
  const state = find("look");
  state.textContent = `${texts.listening} …`;
  button.disabled = true;
  const answer = await request("GET", "/today/sensor?feet=ble");
  const isHeard = answer?.ok && answer.told.is_ready;
  const says = answer?.told.says ?? errorOf(answer);
  state.textContent = isHeard ? says : `${says} ${texts.answer_no}`;
  button.disabled = false;
}

/** @param {Event} event */
async function begin(event) {
  const form = event.target;
  if (!(form instanceof HTMLFormElement) || form.id !== "first-session") return;
  event.preventDefault();
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  const { feet: _, ...what } = JSON.parse(form.dataset.start ?? "{}");
  if (form.dataset.keeps) {
    const answer = await ask("POST", "/begin/name", { name: String(new FormData(form).get("name")).trim() });
    if (!answer) return;
    document.body.dataset.athlete = answer.told.athlete;
  }
  await start(button, what);
}
