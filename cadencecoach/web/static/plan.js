// One plan: heard as it would be run, with a list to jump by; deleted only after a second question.
// @ts-check

import { Job } from "./jobs.js";

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const sheet = /** @type {HTMLDialogElement} */ (document.getElementById("delete-sheet"));
const wrong = /** @type {HTMLElement} */ (document.getElementById("wrong"));

document.getElementById("delete")?.addEventListener("click", () => sheet.showModal());
sheet.querySelector("[data-close]")?.addEventListener("click", () => sheet.close());
document.getElementById("delete-now")?.addEventListener("click", async () => {
  let said = texts.key_failed;
  try {
    const answer = await fetch(`/api/plans/${document.body.dataset.plan}`, { method: "DELETE" });
    if (answer.ok) return location.assign("/plans");
    said = (await answer.json()).error;
  } catch {
    // nobody was reached
  }
  sheet.close();
  /** @type {HTMLElement} */ (wrong.querySelector("p")).textContent = said;
  wrong.hidden = false;
});

// Heard.

const sound = /** @type {HTMLAudioElement} */ (document.getElementById("sound"));
const list = /** @type {HTMLElement} */ (document.getElementById("heard"));
const progress = /** @type {HTMLProgressElement} */ (document.getElementById("progress"));
const cancel = /** @type {HTMLButtonElement} */ (document.getElementById("cancel"));
const rehearse = /** @type {HTMLButtonElement} */ (document.getElementById("rehearse"));
const own = /** @type {HTMLInputElement | null} */ (document.getElementById("own"));

/** @param {string} words */
function say(words) {
  /** @type {HTMLElement} */ (wrong.querySelector("p")).textContent = words;
  wrong.hidden = !words;
}

/** @param {number} time_s */
function clock(time_s) {
  const whole = Math.floor(time_s);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** @param {string} id of a job that is done */
async function play(id) {
  const answer = await fetch(`/api/jobs/${id}/heard`).catch(() => null);
  if (!answer?.ok) return;
  const { heard } = await answer.json();
  sound.src = `/api/jobs/${id}/file`;
  sound.hidden = false;
  const rows = heard.map((/** @type {{time_s: number, stage: string, words: string}} */ one) => {
    const row = document.createElement("li");
    const to = document.createElement("button");
    const time = document.createElement("span");
    const what = document.createElement("span");
    to.type = "button";
    time.textContent = clock(one.time_s);
    what.textContent = one.words ? texts.words.replace("{words}", () => one.words) : one.stage;
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
  say("");
  sound.hidden = true;
  list.replaceChildren();
  void job.begin({ kind: "rehearsal", plan: document.body.dataset.plan, ...(own ? { spm: own.valueAsNumber } : {}) }, texts.key_failed);
});
cancel.addEventListener("click", () => void job.cancel());
sound.addEventListener("timeupdate", () => {
  const rows = /** @type {HTMLElement[]} */ ([...list.querySelectorAll("button")]);
  const now = rows.filter((one) => Number(one.dataset.at) <= sound.currentTime).at(-1);
  for (const one of rows) one === now ? one.setAttribute("aria-current", "true") : one.removeAttribute("aria-current");
});
