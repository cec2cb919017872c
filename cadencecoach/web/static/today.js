// The page where a session is started: one request a tap, and on to the session; also to one that runs already.
// @ts-check

import { ask, start, texts } from "./ask.js";
import { watchChoices } from "./ready.js";

for (const button of document.querySelectorAll("button[data-plan]")) {
  const one = /** @type {HTMLButtonElement} */ (button);
  one.addEventListener("click", () => void start(one, { plan: one.dataset.plan }));
}
for (const button of document.querySelectorAll("button[data-finish]")) {
  const one = /** @type {HTMLButtonElement} */ (button);
  one.addEventListener("click", () => void finish(one));
}

/** @param {HTMLButtonElement} button */
async function finish(button) {
  button.disabled = true;
  const answer = await ask("POST", `/sessions/${encodeURIComponent(button.dataset.finish ?? "")}/finish`);
  button.disabled = false;
  if (!answer) return;
  const offered = /** @type {HTMLElement} */ (button.closest("section"));
  offered.setAttribute("role", "status");
  offered.replaceChildren(Object.assign(document.createElement("p"), { textContent: texts.finished_it }));
}

document.getElementById("metronome")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  void start(button, { metronome: { spm: Number(new FormData(form).get("spm")) } });
});
watchChoices();
