// Whether a microphone would hear the steps in this room: a job that listens for 20 seconds, and its one line.
// @ts-check

import { errorOf, find, request, texts, unsay } from "./ask.js";
import { Job } from "./jobs.js";

const listen = /** @type {HTMLButtonElement} */ (find("listen"));
const stop = /** @type {HTMLButtonElement} */ (find("stop-listening"));
const listened = /** @type {HTMLProgressElement} */ (find("listened"));
const state = /** @type {HTMLElement} */ (find("room-state"));

/** @param {string} id of a job that is done */
async function showResult(id) {
  const answer = await request("GET", `/api/jobs/${id}/file`);
  state.textContent = answer?.ok ? answer.told.trim() : errorOf(answer);
}

const job = new Job("microphone", (told, error) => {
  const goesOn = told !== null && (told.state === "waiting" || told.state === "running");
  const hadFocus = document.activeElement === stop;
  listened.hidden = stop.hidden = !goesOn;
  listen.disabled = goesOn;
  if (hadFocus && !goesOn) listen.focus();
  listened.value = told?.ratio ?? 0;
  const words = { waiting: texts.room_waits, running: texts.room_listens }[told?.state ?? ""] ?? error;
  if (state.textContent !== words) state.textContent = words; // a reader of the screen hears it once
  if (told?.state === "done") void showResult(told.id);
});

listen.addEventListener("click", () => {
  unsay();
  void job.begin({ kind: "microphone" });
});
stop.addEventListener("click", () => void job.cancel());
