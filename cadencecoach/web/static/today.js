// The page where a session is started: one request a tap, and on to the session; also to one that runs already.
// @ts-check

import { ask, newId, start, texts } from "./ask.js";
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

const athlete = encodeURIComponent(document.body.dataset.athlete ?? "");
document.getElementById("read")?.addEventListener("click", async () => {
  const shown = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-message]"));
  const messages = Array.from(shown, (one) => one.dataset.message);
  if (await ask("POST", `/messages/read?athlete=${athlete}`, { messages })) document.getElementById("messages")?.remove();
});
const writing = { id: newId() };
document.getElementById("message")?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const text = String(new FormData(form).get("text"));
  const answer = await ask("POST", `/messages?athlete=${athlete}`, { id: writing.id, text });
  if (!answer) return;
  writing.id = newId();
  const said = Object.assign(document.createElement("p"), { textContent: answer.told.says });
  said.setAttribute("role", "status");
  form.replaceChildren(said);
});

document.getElementById("metronome")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const form = /** @type {HTMLFormElement} */ (event.target);
  const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
  void start(button, { metronome: { spm: Number(new FormData(form).get("spm")) } });
});
watchChoices();
