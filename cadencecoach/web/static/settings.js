// Settings: each is saved when it is changed, and that is said on top.
// @ts-check

import { ask, fill, find, texts } from "./ask.js";

const told = /** @type {HTMLElement} */ (find("told"));
const sheet = /** @type {HTMLDialogElement} */ (find("forget-sheet"));
const form = /** @type {HTMLFormElement} */ (find("forget"));
const typed = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
let athlete = "";

for (const one of document.querySelectorAll("[data-key]")) {
  const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (one);
  control.addEventListener("change", async () => {
    if (!control.reportValidity()) return;
    const isNumber = control instanceof HTMLInputElement;
    const value = isNumber ? control.valueAsNumber : control.value;
    told.hidden = true;
    if (await ask("PUT", `/api/settings/${control.dataset.key}`, { value })) {
      control.dataset.was = control.value;
      told.hidden = false;
      if (control.dataset.key === "voice.language") location.reload();
    } else {
      control.value = control.dataset.was ?? "";
    }
  });
}

for (const one of document.querySelectorAll("[data-reset]")) {
  const button = /** @type {HTMLButtonElement} */ (one);
  button.addEventListener("click", async () => {
    if (await ask("DELETE", `/api/settings/${button.dataset.reset}`)) location.reload();
  });
}

for (const one of document.querySelectorAll("[data-forget]")) {
  one.addEventListener("click", () => {
    athlete = /** @type {HTMLElement} */ (one).dataset.forget ?? "";
    find("forget-title").textContent = fill(texts.forget_title, { athlete });
    typed.value = "";
    typed.dispatchEvent(new Event("input"));
    sheet.showModal();
    typed.focus();
  });
}
typed.addEventListener("input", () => {
  /** @type {HTMLButtonElement} */ (form.querySelector("[type=submit]")).disabled = typed.value !== athlete;
});
form.querySelector("[data-close]")?.addEventListener("click", () => sheet.close());
form.addEventListener("submit", async () => {
  if (typed.value !== athlete) return;
  if (await ask("DELETE", `/api/athletes/${encodeURIComponent(athlete)}`, { name: athlete })) location.reload();
});
