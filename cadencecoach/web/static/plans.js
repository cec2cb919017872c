// One plan: it is deleted only after a second question.
// @ts-check

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
