// The page by which a device is let in: six digits by thumb, by keyboard or from the code that a camera has read.
// @ts-check

import { errorOf, find, newId, request, say, texts, unsay } from "./ask.js";

const nDigits = Number(document.body.dataset.digits);
const form = /** @type {HTMLFormElement} */ (find("pair"));
const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("digits"));

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
 * Ask to be let in.
 * @param {string} path
 * @param {Record<string, string>} what
 */
async function enter(path, what) {
  unsay();
  const answer = await request("POST", path, { id: newId(), ...what });
  if (answer?.ok) return location.assign("/");
  say(answer ? errorOf(answer) : texts.no_answer);
  if (answer) field.value = "";
}

for (const one of document.querySelectorAll("[data-digit]")) {
  one.addEventListener("click", () => {
    if (field.value.length < nDigits) field.value += /** @type {HTMLElement} */ (one).dataset.digit;
  });
}
document.getElementById("delete")?.addEventListener("click", () => (field.value = field.value.slice(0, -1)));
form.addEventListener("submit", (event) => {
  event.preventDefault();
  void enter("/api/pair", { digits: field.value });
});
document.getElementById("desk")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const password = new FormData(/** @type {HTMLFormElement} */ (event.target)).get("password");
  void enter("/api/desk", { password: String(password) });
});
