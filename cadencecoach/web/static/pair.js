// The page by which a device is let in: six digits by thumb, by keyboard or from the code that a camera has read.
// @ts-check

import { newId } from "./keys.js";

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const nDigits = Number(document.body.dataset.digits);
const form = /** @type {HTMLFormElement} */ (document.getElementById("pair"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("digits"));
const wrong = /** @type {HTMLElement} */ (document.getElementById("wrong"));
const TRIES = 3;
const AGAIN_MS = 400;

/** Digits behind the # of an address are not sent to any server, and stay in no list of visited pages. */
function takeScanned() {
  const scanned = location.hash.slice(1);
  if (!/^\d+$/.test(scanned) || scanned.length !== nDigits) return;
  field.value = scanned;
  history.replaceState(null, "", location.pathname);
}
takeScanned();
addEventListener("hashchange", takeScanned);
if (matchMedia("(pointer: fine)").matches) field.inputMode = "numeric";

/**
 * Ask to be let in: once, however often the network must be asked.
 * @param {string} path
 * @param {Record<string, string>} what
 */
async function ask(path, what) {
  wrong.hidden = true;
  const body = JSON.stringify({ id: newId(), ...what });
  for (let n = 0; n < TRIES; n++) {
    try {
      const answer = await fetch(path, { method: "POST", body });
      if (answer.ok) return location.assign("/");
      say((await answer.json()).error);
      return;
    } catch {
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
  say(texts.no_answer);
}

/** @param {string} error */
function say(error) {
  /** @type {HTMLElement} */ (wrong.querySelector("p")).textContent = error;
  wrong.hidden = false;
  field.value = "";
}

for (const one of document.querySelectorAll("[data-digit]")) {
  one.addEventListener("click", () => {
    if (field.value.length < nDigits) field.value += /** @type {HTMLElement} */ (one).dataset.digit;
  });
}
document.getElementById("delete")?.addEventListener("click", () => (field.value = field.value.slice(0, -1)));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void ask("/api/pair", { digits: field.value });
});
document.getElementById("desk")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const password = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("password");
  void ask("/api/desk", { password: String(password) });
});
