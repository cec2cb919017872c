// Settings: each is saved when it is changed, and what was said of it stands on top.
// @ts-check

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const told = /** @type {HTMLElement} */ (document.getElementById("told"));
const sheet = /** @type {HTMLDialogElement} */ (document.getElementById("forget-sheet"));
const form = /** @type {HTMLFormElement} */ (document.getElementById("forget"));
const typed = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
let athlete = "";

/** @param {string} words @param {boolean} isWrong */
function say(words, isWrong) {
  /** @type {HTMLElement} */ (told.querySelector("p")).textContent = words;
  told.classList.toggle("bad", isWrong);
  told.hidden = false;
}

/**
 * Ask the server for something; whether it was done, and what is wrong has been said.
 * @param {string} method @param {string} path @param {unknown} [body]
 */
async function ask(method, path, body) {
  try {
    const answer = await fetch(path, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    if (!answer.ok) say((await answer.json()).error, true);
    return answer.ok;
  } catch {
    say(texts.key_failed, true);
    return false;
  }
}

for (const one of document.querySelectorAll("[data-key]")) {
  const control = /** @type {HTMLInputElement | HTMLSelectElement} */ (one);
  control.addEventListener("change", async () => {
    if (!control.reportValidity()) return;
    const isNumber = control instanceof HTMLInputElement;
    const value = isNumber ? control.valueAsNumber : control.value;
    if (await ask("PUT", `/api/settings/${control.dataset.key}`, { value })) {
      control.dataset.was = control.value;
      say(texts.is_saved, false);
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
    const title = /** @type {HTMLElement} */ (document.getElementById("forget-title"));
    title.textContent = texts.forget_title.replace("{athlete}", () => athlete);
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
