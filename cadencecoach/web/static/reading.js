// Sessions are being read: how far it is, and then the list.
// @ts-check

const LOOK_EVERY_MS = 300;
const progress = /** @type {HTMLProgressElement} */ (document.getElementById("progress"));

async function look() {
  const answer = await fetch(`/api/jobs/${document.body.dataset.job}`).catch(() => null);
  if (answer?.ok) {
    const told = await answer.json();
    progress.value = told.ratio;
    if (told.state === "done" || told.state === "failed") return location.reload();
  } else if (answer) {
    return location.reload();
  }
  setTimeout(look, LOOK_EVERY_MS);
}

void look();
