// The page where a session is started: one request a tap, and on to the session; also to one that runs already.
// @ts-check

import { newId } from "./keys.js";

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const { athlete } = document.body.dataset;
const around = /** @type {HTMLFormElement} */ (document.getElementById("around"));
const wrong = /** @type {HTMLElement} */ (document.getElementById("wrong"));

/**
 * @param {HTMLButtonElement} button
 * @param {Record<string, unknown>} what
 */
async function start(button, what) {
  const choices = Object.fromEntries(new FormData(around));
  const before = button.textContent;
  button.disabled = true;
  button.textContent = `${texts.starting} …`;
  wrong.hidden = true;
  try {
    const body = JSON.stringify({ id: newId(), ...choices, ...(athlete ? { athlete } : {}), ...what });
    const answer = await fetch("/api/sessions", { method: "POST", body });
    const told = await answer.json();
    if (answer.ok) return location.assign(`/live/${told.id}`);
    say(told.error, answer.status === 409 && told.where);
  } catch {
    say(texts.key_failed, "");
  }
  button.disabled = false;
  button.textContent = before;
}

/** @param {string} error @param {string} running the id of the session that is in the way */
function say(error, running) {
  const words = /** @type {HTMLElement} */ (wrong.querySelector("p"));
  words.textContent = error;
  if (running) {
    const link = document.createElement("a");
    link.href = `/live/${running}`;
    link.textContent = texts.watch_it;
    words.append(" ", link);
  }
  wrong.hidden = false;
  wrong.scrollIntoView({ block: "center" });
}

for (const button of document.querySelectorAll("button[data-plan]")) {
  const one = /** @type {HTMLButtonElement} */ (button);
  one.addEventListener("click", () => void start(one, { plan: one.dataset.plan }));
}
document.getElementById("metronome")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  void start(button, { metronome: { spm: Number(new FormData(form).get("spm")) } });
});
