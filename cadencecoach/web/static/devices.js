// Devices that were let in, an end to one, and six digits for one more.
// @ts-check

import { ask, find, newId } from "./ask.js";

const form = /** @type {HTMLFormElement | null} */ (find("code"));
const LOOK_MS = 3000;

for (const one of document.querySelectorAll("time")) {
  const time = new Date(Number(one.dataset.s) * 1000);
  one.dateTime = time.toISOString();
  one.textContent = time.toLocaleTimeString([], { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
}

for (const one of document.querySelectorAll("[data-device]")) {
  const button = /** @type {HTMLButtonElement} */ (one);
  button.addEventListener("click", async () => {
    button.disabled = true;
    if (await ask("DELETE", `/api/devices/${button.dataset.device}`)) return location.reload();
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
  const answer = await ask("POST", "/api/codes", { id: newId(), role, ...runner });
  if (!answer) return;
  const code = answer.told;
  find("address").textContent = code.address;
  find("digits").textContent = code.digits;
  find("picture").src = code.picture;
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
