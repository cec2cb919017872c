// One plan: heard as it would be run, with a list to jump by; deleted only after a second question.
// @ts-check

import { ask, fill, find, say, texts, unsay } from "./ask.js";
import { Job } from "./jobs.js";

const sheet = /** @type {HTMLDialogElement} */ (find("delete-sheet"));

find("delete")?.addEventListener("click", () => sheet.showModal());
sheet.querySelector("[data-close]")?.addEventListener("click", () => sheet.close());
find("delete-now").addEventListener("click", async () => {
  sheet.close();
  if (await ask("DELETE", `/api/plans/${document.body.dataset.plan}`)) location.assign("/plans");
});

// Heard.

const sound = /** @type {HTMLAudioElement} */ (find("sound"));
const list = /** @type {HTMLElement} */ (find("heard"));
const progress = /** @type {HTMLProgressElement} */ (find("progress"));
const cancel = /** @type {HTMLButtonElement} */ (find("cancel"));
const rehearse = /** @type {HTMLButtonElement} */ (find("rehearse"));
const own = /** @type {HTMLInputElement | null} */ (find("own"));

/** @param {number} time_s */
function clock(time_s) {
  const whole = Math.floor(time_s);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {string} id of a job that is done */
async function play(id) {
  const answer = await ask("GET", `/api/jobs/${id}/heard`);
  if (!answer) return;
  const { heard } = answer.told;
  sound.src = `/api/jobs/${id}/file`;
  sound.hidden = false;
  const rows = heard.map((/** @type {{time_s: number, stage: string, words: string}} */ one) => {
    const row = document.createElement("li");
    const to = document.createElement("button");
    const time = document.createElement("span");
    const what = document.createElement("span");
    to.type = "button";
    time.textContent = clock(one.time_s);
    what.textContent = one.words ? fill(texts.words, one) : one.stage;
    what.className = one.words ? "" : "begins";
    to.dataset.at = String(one.time_s);
    to.append(time, what);
    to.addEventListener("click", () => {
      sound.currentTime = one.time_s;
      void sound.play().catch(() => null);
    });
    row.append(to);
    return row;
  });
  list.replaceChildren(...rows);
}

const job = new Job(`hear-${document.body.dataset.plan}`, (told, error) => {
  const goesOn = told !== null && (told.state === "waiting" || told.state === "running");
  progress.hidden = cancel.hidden = !goesOn;
  rehearse.disabled = goesOn;
  if (told) progress.value = told.ratio;
  if (error) say(error);
  if (told?.state === "done") void play(told.id);
});
rehearse.addEventListener("click", () => {
  if (own && !own.reportValidity()) return;
  unsay();
  sound.pause();
  sound.hidden = true;
  list.replaceChildren();
  void job.begin({ kind: "rehearsal", plan: document.body.dataset.plan, ...(own ? { spm: own.valueAsNumber } : {}) });
});
cancel.addEventListener("click", () => void job.cancel());
sound.addEventListener("timeupdate", () => {
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("button")]);
  const now = rows.filter((one) => Number(one.dataset.at) <= sound.currentTime).at(-1);
  for (const one of rows) one === now ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
});
