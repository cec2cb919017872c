// The page by which a device is let in: six digits by thumb, by keyboard or from the code that a camera has read.
// @ts-check

import { errorOf, find, newId, request, say, texts, unsay } from "./ask.js";

const nDigits = Number(document.body.dataset.digits);
const form = /** @type {HTMLFormElement | null} */ (find("pair")); // at a clinic's own computer people sign in, and no device is let in
const field = /** @type {HTMLInputElement | null} */ (form?.elements.namedItem("digits") ?? null);

/** Digits behind the # of an address are not sent to any server, and stay in no list of visited pages. */
function takeScanned() {
  const scanned = location.hash.slice(1);
  if (!field || !/^\d+$/.test(scanned) || scanned.length !== nDigits) return;
  field.value = scanned;
  history.replaceState(null, "", location.pathname);
}
takeScanned();
addEventListener("hashchange", takeScanned);
if (field && matchMedia("(pointer: fine)").matches) field.inputMode = "numeric";

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
  if (answer && field) field.value = "";
}

for (const one of document.querySelectorAll("[data-digit]")) {
  one.addEventListener("click", () => {
    if (field && field.value.length < nDigits) field.value += /** @type {HTMLElement} */ (one).dataset.digit;
  });
}
document.getElementById("delete")?.addEventListener("click", () => field && (field.value = field.value.slice(0, -1)));
form?.addEventListener("submit", (event) => {
  event.preventDefault();
  void enter("/api/pair", { digits: field?.value ?? "" });
});
document.getElementById("desk")?.addEventListener("submit", (event) => {
  event.preventDefault();
  const asks = /** @type {HTMLFormElement} */ (event.target);
  const told = new FormData(asks);
  /** @type {Record<string, string>} */
  const name = told.has("name") ? { name: String(told.get("name")).trim() } : {};
  void enter("/api/desk", { ...name, password: String(told.get("password")) });
  /** @type {HTMLInputElement} */ (asks.elements.namedItem("password")).value = "";
});
