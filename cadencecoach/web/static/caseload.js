// Alerts of the caseload: taken on by somebody, closed with a reason.
// @ts-check

import { ask, find, newId, texts } from "./ask.js";

const sheet = /** @type {HTMLDialogElement} */ (find("act"));
const form = /** @type {HTMLFormElement} */ (find("act-form"));
const ACTS = { own: [texts.take_on, texts.take_on_alert], close: [texts.close_it, texts.close_alert] };
/** @type {{athlete: string, alert: string, act: string, more: number} | null} */
let meant = null;

for (const one of document.querySelectorAll("tr[data-alert]")) {
  const row = /** @type {HTMLTableRowElement} */ (one);
  const { athlete = "", alert = "", what = "", more = "0" } = row.dataset;
  const cell = row.insertCell();
  cell.classList.add("acts", "writes");
  for (const [act, [word, title]] of Object.entries(ACTS)) {
    const button = Object.assign(document.createElement("button"), { className: "btn", type: "button", textContent: word });
    button.setAttribute("aria-label", `${word}: ${athlete}, ${what}`);
    button.addEventListener("click", () => open({ athlete, alert, act, more: Number(more) }, title, `${athlete}: ${what}`));
    cell.append(button);
  }
}

/** Ask who, and why. @param {{athlete: string, alert: string, act: string, more: number}} what @param {string} title @param {string} about */
function open(what, title, about) {
  meant = what;
  find("act-title").textContent = title;
  find("act-about").textContent = about;
  find("act-reason").hidden = what.act !== "close";
  form.elements["reason"].required = what.act === "close";
  sheet.showModal();
}

form.addEventListener("submit", async (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button?.value !== "yes" || !meant) return;
  const told = new FormData(form);
  const reason = meant.act === "close" ? { reason: told.get("reason") } : {};
  if (await ask("POST", "/api/alerts", { id: newId(), ...meant, by: told.get("by"), ...reason })) location.reload();
});
