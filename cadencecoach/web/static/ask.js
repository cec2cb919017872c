// Requests of a page: sent again where the network is bad, with the same id, so that they count once; and what is wrong is said.
// @ts-check

const TRIES = 3;
const AGAIN_MS = 400;
/** @type {Record<string, any>} the words of whoever reads */
export const texts = JSON.parse(document.body.dataset.texts ?? "{}");

/** An element that the page has. @param {string} id @returns {any} */
export const find = (id) => document.getElementById(id);

/** A text with its values. @param {string} text @param {Record<string, unknown>} values */
export const fill = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => String(values[name]));

/** An id that no other tap has; `crypto.randomUUID` needs a secure context, which a network without TLS is not. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
}

/** @typedef {{ok: boolean, status: number, told: any}} Answer  what was told: JSON as a value, else a text */

/**
 * Send a request that may be repeated; the answer is null where nobody was reached.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [what] JSON, or a file
 * @param {Record<string, string>} [headers]
 * @returns {Promise<Answer | null>}
 */
export async function request(method, path, what, headers) {
  const { person } = document.body.dataset; // to whom the page was shown: another may be signed in by now
  const shown = person ? { ...headers, "cadencecoach-person": person } : headers;
  const body = what === undefined || what instanceof Blob ? what : JSON.stringify(what);
  for (let n = 0; n < TRIES; n++) {
    try {
      const answer = await fetch(path, { method, body, headers: shown });
      const isJson = (answer.headers.get("content-type") ?? "").includes("json");
      return { ok: answer.ok, status: answer.status, told: isJson ? await answer.json() : await answer.text() };
    } catch {
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
  return null;
}

/** What is wrong, in a sentence. @param {Answer | null} answer */
export function errorOf(answer) {
  return answer?.told?.error ?? texts.key_failed;
}

/**
 * The same; null also where it was refused. What is wrong is said.
 * @param {string} method
 * @param {string} path
 * @param {unknown} [what]
 * @param {Record<string, string>} [headers]
 */
export async function ask(method, path, what, headers) {
  unsay();
  const answer = await request(method, path, what, headers);
  if (answer?.ok) return answer;
  say(errorOf(answer));
  return null;
}

/** Say what is wrong, with the way to a session that is in the way. @param {string} error @param {string} [running] */
export function say(error, running) {
  const wrong = find("wrong");
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

/** Say nothing any more. */
export function unsay() {
  find("wrong").hidden = true;
}

/** Put a part of a page, as the server has written it, into its place. @param {Element} place @param {string} part */
export function put(place, part) {
  place.replaceChildren(...new DOMParser().parseFromString(part, "text/html").body.childNodes);
  place.querySelector("h1")?.focus();
  scrollTo(0, 0);
}

/**
 * Start a session and go to it; what is wrong is said.
 * @param {HTMLButtonElement} button
 * @param {Record<string, unknown>} what
 */
export async function start(button, what) {
  const around = find("around");
  const choices = around && !("resume" in what) ? Object.fromEntries(new FormData(around)) : {};
  const { athlete } = document.body.dataset;
  const before = [...button.childNodes];
  button.disabled = true;
  button.textContent = `${texts.starting} …`;
  unsay();
  const asked = { id: newId(), ...choices, ...(athlete ? { athlete } : {}), ...what };
  const answer = await request("POST", "/api/sessions", asked);
  if (answer?.ok) return location.assign(`/live/${answer.told.id}`);
  const where = answer?.told?.where ?? "";
  say(errorOf(answer), /^[0-9a-f]{12}$/.test(where) ? where : "");
  button.disabled = false;
  button.replaceChildren(...before);
}
