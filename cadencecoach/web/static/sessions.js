// The list of sessions: one that broke off is finished. Without a script the list is read, and nothing is changed.
// @ts-check

const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const wrong = /** @type {HTMLElement} */ (document.getElementById("wrong"));

for (const button of document.querySelectorAll("button[data-finish]")) {
  const one = /** @type {HTMLButtonElement} */ (button);
  one.addEventListener("click", async () => {
    one.disabled = true;
    try {
      const answer = await fetch(`/sessions/${encodeURIComponent(one.dataset.finish ?? "")}/finish`, { method: "POST" });
      if (answer.ok) return location.reload();
      say((await answer.json()).error);
    } catch {
      say(texts.key_failed);
    }
    one.disabled = false;
  });
}

/** @param {string} error */
function say(error) {
  /** @type {HTMLElement} */ (wrong.querySelector("p")).textContent = error;
  wrong.hidden = false;
  wrong.scrollIntoView({ block: "center" });
}
