// Devices that were let in, an end to one, and six digits for one more.
// @ts-check

import { newId } from "./keys.js";

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const wrong = /** @type {HTMLElement} */ (document.getElementById("wrong"));
const form = /** @type {HTMLFormElement | null} */ (document.getElementById("code"));
const LOOK_MS = 3000;

/** @param {string} id */
const find = (id) => /** @type {HTMLElement} */ (document.getElementById(id));

for (const one of document.querySelectorAll("time")) {
  const time = new Date(Number(one.dataset.s) * 1000);
  one.dateTime = time.toISOString();
  one.textContent = time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/**
 * @param {string} path
 * @param {RequestInit} how
 * @returns {Promise<any>} the answer; null where it was refused, which is said
 */
async function ask(path, how) {
  wrong.hidden = true;
  let error = texts.key_failed;
  try {
    const answer = await fetch(path, how);
    if (answer.status === 204) return {};
    const told = await answer.json();
    if (answer.ok) return told;
    error = told.error;
  } catch {
    // Nobody has answered.
  }
  /** @type {HTMLElement} */ (wrong.querySelector("p")).textContent = error;
  wrong.hidden = false;
  return null;
}

for (const one of document.querySelectorAll("[data-device]")) {
  const button = /** @type {HTMLButtonElement} */ (one);
  button.addEventListener("click", async () => {
    button.disabled = true;
    if (await ask(`/api/devices/${button.dataset.device}`, { method: "DELETE" })) location.reload();
    button.disabled = false;
  });
}

form?.addEventListener("change", () => {
  find("runner").hidden = new FormData(form).get("role") !== "runner";
});
form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  const told = new FormData(form);
  const role = told.get("role");
  const runner = role === "runner" ? { athlete: told.get("athlete") || null, network_is_mine: told.has("mine") } : {};
  const code = await ask("/api/codes", { method: "POST", body: JSON.stringify({ id: newId(), role, ...runner }) });
  if (!code) return;
  find("address").textContent = code.address;
  find("digits").textContent = code.digits;
  /** @type {HTMLImageElement} */ (find("picture")).src = code.picture;
  find("shown").hidden = false;
  find("shown").scrollIntoView({ block: "end" });
  setTimeout(() => (find("shown").hidden = true), code.for_s * 1000);
  void untilLetIn();
});

/** The list as it is when somebody has come in. */
async function untilLetIn() {
  const known = document.querySelectorAll("[data-device]").length;
  while (!find("shown").hidden) {
    await new Promise((done) => setTimeout(done, LOOK_MS));
    try {
      const answer = await fetch("/api/devices");
      if (answer.ok && (await answer.json()).devices.length > known) return location.reload();
    } catch {
      // The server is away; it may come back.
    }
  }
}
