// Whoever is signed in: kept in as long as somebody types or touches; else the page goes, with what it shows.
// @ts-check

import { ask } from "./ask.js";

const LOOK_MS = 20_000;
const SIGN_IN = "/pair";
let isTouched = false;

for (const name of ["keydown", "pointerdown", "input"]) addEventListener(name, () => (isTouched = true), { passive: true });

/** Say that somebody is here, or only look whether they are still signed in. */
async function look() {
  const method = isTouched ? "POST" : "GET";
  isTouched = false;
  const headers = { "cadencecoach-person": document.body.dataset.person ?? "" };
  const answer = await fetch("/api/person", { method, headers }).catch(() => null);
  if (answer?.status === 401) return location.replace(SIGN_IN);
  if (answer?.status === 409) return location.replace("/"); // somebody else is signed in on this browser now
  const told = answer?.ok ? await answer.json() : {};
  setTimeout(look, Math.min(LOOK_MS, 1000 * (told.left_s ?? Infinity) + 500));
}
setTimeout(look, LOOK_MS);
document.getElementById("sign-out")?.addEventListener("click", async () => {
  if (await ask("POST", "/sign-out")) location.replace(SIGN_IN);
});
addEventListener("pageshow", (event) => event.persisted && void look());
