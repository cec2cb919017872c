// One patient: acts on the programme, told first and done with a reason; findings, messages and notes written down.
// @ts-check

import { ask, errorOf, find, newId, request } from "./ask.js";

const at = `/api/patients/${encodeURIComponent(document.body.dataset.patient ?? "")}`;
const sheet = /** @type {HTMLDialogElement} */ (find("deciding"));
const form = /** @type {HTMLFormElement} */ (find("deciding-form"));
let act = "";
let seen = "";
let id = newId();
let nLooks = 0;
let ownText = "";

/** What is asked for, as the page shows it now. */
const asked = () => ({
  act,
  ...(act === "from" ? { number: Number(form.elements["number"].value) } : {}),
  ...(act !== "give" ? {} : isOwn() ? { text: ownText } : { programme: form.elements["programme"].value }),
});

/** Whether a programme of one's own is given, from a file. */
const isOwn = () => act === "give" && !form.elements["programme"].value;

/** Say in words what the act will do; until that is there, nothing can be done. */
async function foresee() {
  const mine = ++nLooks;
  find("deciding-yes").disabled = true;
  find("deciding-wrong").hidden = true;
  find("deciding-file").hidden = !isOwn();
  if (isOwn() && !ownText) return find("follows").replaceChildren();
  const answer = await request("POST", `${at}/foresee`, asked());
  if (mine !== nLooks) return;
  find("follows").replaceChildren(
    ...(answer?.ok ? answer.told.lines : []).map((/** @type {string} */ line) =>
      Object.assign(document.createElement("li"), { textContent: line }),
    ),
  );
  if (!answer?.ok) return complain(errorOf(answer));
  seen = answer.told.seen;
  find("deciding-yes").disabled = false;
}

/** @param {string} error */
function complain(error) {
  find("deciding-wrong").textContent = error;
  find("deciding-wrong").hidden = false;
}

for (const one of document.querySelectorAll("[data-act]")) {
  const button = /** @type {HTMLButtonElement} */ (one);
  button.addEventListener("click", () => {
    act = button.dataset.act ?? "";
    id = newId();
    find("deciding-title").textContent = button.textContent;
    find("deciding-number").hidden = act !== "from";
    find("deciding-programme").hidden = act !== "give";
    find("follows").replaceChildren();
    form.elements["because"].value = "";
    form.elements["file"].value = ownText = "";
    sheet.showModal();
    void foresee();
  });
}
for (const name of ["deciding-number", "deciding-programme"]) find(name).addEventListener("change", () => void foresee());
find("deciding-file").addEventListener("click", () => {
  form.elements["file"].value = ownText = ""; // the same one again is read again
  void foresee();
});
find("deciding-file").addEventListener("change", async () => {
  const file = form.elements["file"].files[0];
  ownText = "";
  await foresee(); // what was chosen before is given no more
  try {
    ownText = file ? new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer()) : "";
  } catch {
    return complain(form.dataset.unreadable ?? "");
  }
  void foresee();
});

form.addEventListener("submit", async (event) => {
  const button = /** @type {HTMLButtonElement | null} */ (event.submitter);
  if (button?.value !== "yes") return;
  event.preventDefault();
  find("deciding-yes").disabled = true;
  const because = form.elements["because"].value;
  const answer = await request("POST", `${at}/acts`, { id, ...asked(), because, seen });
  if (answer?.ok) return location.reload();
  const error = errorOf(answer);
  if (answer) await foresee(); // it may have been written to meanwhile: what follows is told anew
  else find("deciding-yes").disabled = false;
  complain(error);
});

/**
 * Send a form once, however often it is touched; what is empty is left out.
 * @param {string} name of the form
 * @param {string} path
 * @param {(told: Record<string, any>) => Record<string, any> | null | Promise<Record<string, any> | null>} [change]
 */
function sends(name, path, change = (told) => told) {
  const sentId = newId();
  find(name)?.addEventListener("submit", async (/** @type {SubmitEvent} */ event) => {
    event.preventDefault();
    const given = [...new FormData(/** @type {HTMLFormElement} */ (event.target))];
    const filled = given.filter(([, value]) => (value instanceof File ? value.size > 0 : value !== ""));
    const told = await change(Object.fromEntries(filled));
    if (told && (await ask("POST", `${at}/${path}`, { id: sentId, ...told }))) location.reload();
  });
}

sends("finding", "findings", async ({ file, ...told }) => {
  if ("value" in told) told.value = Number(told.value);
  if (!file) return told;
  const kept = await ask("POST", `${at}/files?what=${encodeURIComponent(told.what)}`, file);
  return kept && { ...told, file: kept.told.file };
});
sends("writing", "messages");
find("read")?.addEventListener("click", async (/** @type {MouseEvent} */ event) => {
  const messages = JSON.parse(/** @type {HTMLElement} */ (event.currentTarget).dataset.messages ?? "[]");
  if (await ask("POST", `${at}/messages/read`, { messages })) location.reload();
});
