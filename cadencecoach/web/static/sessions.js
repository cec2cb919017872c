// The list of sessions: one that broke off is finished. Without a script the list is read, and nothing is changed.
// @ts-check

import { ask } from "./ask.js";

for (const button of document.querySelectorAll("button[data-finish]")) {
  const one = /** @type {HTMLButtonElement} */ (button);
  one.addEventListener("click", async () => {
    one.disabled = true;
    if (await ask("POST", `/sessions/${encodeURIComponent(one.dataset.finish ?? "")}/finish`)) return location.reload();
    one.disabled = false;
  });
}
