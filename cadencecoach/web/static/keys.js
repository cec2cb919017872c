// Keys of a session: sent once each, however often the network must be asked.
// @ts-check

const TRIES = 3;
const AGAIN_MS = 400;
const NAMES = { " ": "space", ArrowUp: "up", ArrowDown: "down", ArrowLeft: "left", ArrowRight: "right" };
const OTHERS = { "+": "up", "-": "down", Backspace: "backspace" };

/**
 * Press a key; the answer is what is wrong, mostly nothing, and null where nobody was reached.
 * @param {string} session
 * @param {string} key
 * @param {number} [value]
 * @returns {Promise<string | null>}
 */
export async function press(session, key, value) {
  const body = JSON.stringify({ id: newId(), key, ...(value === undefined ? {} : { value }) });
  for (let n = 0; n < TRIES; n++) {
    try {
      const answer = await fetch(`/api/sessions/${session}/keys`, { method: "POST", body });
      return answer.ok ? "" : (await answer.json()).error;
    } catch {
      await new Promise((done) => setTimeout(done, AGAIN_MS));
    }
  }
  return null;
}

/** An id that no other tap has; `crypto.randomUUID` needs a secure context, which a network without TLS is not. */
export function newId() {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (n) => n.toString(36)).join("-");
}

/**
 * The name of a key as the terminal has it; empty for one that is left to the browser.
 * @param {KeyboardEvent} event
 */
export function nameOf(event) {
  if (event.ctrlKey || event.altKey || event.metaKey || event.repeat) return "";
  const isOnButton = event.target instanceof Element && event.target.closest("button, a, input, select, dialog");
  if (isOnButton && (event.key === " " || event.key === "Enter")) return "";
  return NAMES[event.key] ?? OTHERS[event.key] ?? (event.key.length === 1 ? event.key.toLowerCase() : "");
}
