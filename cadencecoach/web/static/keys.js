// Keys of a session: sent once each, however often the network must be asked; and keys of the keyboard by their names.
// @ts-check

import { errorOf, newId, request } from "./ask.js";

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
  const answer = await request("POST", `/api/sessions/${session}/keys`, { id: newId(), key, value });
  return answer && (answer.ok ? "" : errorOf(answer));
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
