// Requests of a page: sent again where the network is bad, with the same id, so that they count once.
// @ts-check

import { newId } from "./keys.js";

const TRIES = 3;
const AGAIN_MS = 400;
export const texts = JSON.parse(document.body.dataset.texts ?? "{}");

/**
 * Send something; the answer is null where nobody was reached.
 * @param {string} path
 * @param {Record<string, unknown>} what
 * @param {{once?: boolean}} [how]
 */
export async function send(path, what, { once = true } = {}) {
  const body = JSON.stringify(once ? { id: newId(), ...what } : what);
  for (let n = 0; n < TRIES; n++) {
    try {
      const answer = await fetch(path, { method: "POST", body });
      const isJson = (answer.headers.get("content-type") ?? "").includes("json");
      return { ok: answer.ok, status: answer.status, told: isJson ? await answer.json() : await answer.text() };
    } catch {
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
  return null;
}

/** Say what is wrong, with the way to a session that is in the way. @param {string} error @param {string} [running] */
export function say(error, running) {
  const wrong = /** @type {HTMLElement} */ (document.getElementById("wrong"));
  const lines = error.split("\n").filter(Boolean);
  wrong.replaceChildren(...lines.map((line) => Object.assign(document.createElement("p"), { textContent: line })));
  if (running) {
    const link = Object.assign(document.createElement("a"), { className: "btn", href: `/live/${running}` });
    link.textContent = texts.watch_it;
    wrong.append(link);
  }
  wrong.hidden = false;
  wrong.scrollIntoView({ block: "center" });
}

/** Put a part of a page, as the server has written it, into its place. @param {Element} place @param {string} part */
export function put(place, part) {
  place.replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
  place.querySelector("h1")?.focus();
  scrollTo(0, 0);
}

/** Say nothing any more. */
export function unsay() {
  /** @type {HTMLElement} */ (document.getElementById("wrong")).hidden = true;
}

/**
 * Start a session and go to it; what is wrong is said.
 * @param {HTMLButtonElement} button
 * @param {Record<string, unknown>} what
 */
export async function start(button, what) {
  const around = /** @type {HTMLFormElement | null} */ (document.getElementById("around"));
  const choices = around && !("resume" in what) ? Object.fromEntries(new FormData(around)) : {};
  const { athlete } = document.body.dataset;
  const before = [...button.childNodes];
  button.disabled = true;
  button.textContent = `${texts.starting} …`;
  unsay();
  const answer = await send("/api/sessions", { ...choices, ...(athlete ? { athlete } : {}), ...what });
  if (answer?.ok) return location.assign(`/live/${answer.told.id}`);
  if (answer) say(answer.told.error, /^[0-9a-f]{12}$/.test(answer.told.where ?? "") ? answer.told.where : "");
  else say(texts.key_failed);
  button.disabled = false;
  button.replaceChildren(...before);
}
