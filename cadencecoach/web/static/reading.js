// Something is being read before a page can be shown: how far it is, a way to stop it, and then the page.
// @ts-check

import { ask, fill, find, texts } from "./ask.js";

const LOOK_EVERY_MS = 300;
const { job } = document.body.dataset;
const progress = /** @type {HTMLProgressElement} */ (find("progress"));
const stop = /** @type {HTMLButtonElement} */ (find("stop"));
let isStopped = false;

async function look() {
  const answer = await fetch(`/api/jobs/${job}`).catch(() => null);
  if (isStopped) return;
  if (answer?.ok) {
    const told = await answer.json();
    progress.value = told.ratio * progress.max;
    find("so-far").textContent = fill(texts.reading_so_far, { number: Math.round(progress.value), n_all: progress.max });
    if (told.state === "done" || told.state === "failed") return location.reload();
  } else if (answer) {
    return location.reload();
  }
  setTimeout(look, LOOK_EVERY_MS);
}

stop.addEventListener("click", async () => {
  isStopped = true;
  if (!(await ask("DELETE", `/api/jobs/${job}`))) {
    isStopped = false;
    return void look();
  }
  stop.hidden = true;
  find("about").textContent = texts.reading_stopped;
  const goOn = /** @type {HTMLAnchorElement} */ (find("go-on"));
  goOn.href = location.href;
  goOn.hidden = false;
  goOn.focus();
});

stop.hidden = false;
void look();
