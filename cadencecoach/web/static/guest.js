// A guest whose answers are to be kept gives a name for them, and is asked.
// @ts-check

import { ask, find } from "./ask.js";

const form = /** @type {HTMLFormElement} */ (find("keep"));

form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const name = String(new FormData(form).get("name")).trim();
  const answer = await ask("POST", "/begin/name", { name });
  if (answer) location.assign(`/checkin?athlete=${encodeURIComponent(answer.told.athlete)}`);
});
