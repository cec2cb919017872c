// The editor: the text is checked as it is typed, and what is wrong stands at its line. What is not saved is kept in this browser.
// @ts-check

import { ask, errorOf, fill, find, request, texts } from "./ask.js";

const CHECK_AFTER_MS = 300;
const text = /** @type {HTMLTextAreaElement} */ (find("text"));
const form = /** @type {HTMLFormElement} */ (find("save"));
const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
const picture = /** @type {HTMLImageElement} */ (find("picture"));
const draftKey = `cadencecoach-draft:${document.body.dataset.name}`;
let saved = text.value;
let timer = 0;
let asked = 0;

/** Say what came of the check. @param {string} words @param {boolean} isWrong */
function judge(words, isWrong) {
  const verdict = find("verdict");
  verdict.querySelector("p").textContent = words;
  verdict.classList.toggle("bad", isWrong);
}

/** @param {{line: number, severity: string}[]} findings */
function number(findings) {
  const worst = new Map();
  for (const one of [...findings].reverse()) if (worst.get(one.line) !== "error") worst.set(one.line, one.severity);
  const lines = text.value.split("\n").map((_, index) => {
    const row = document.createElement("b");
    const severity = worst.get(index + 1);
    row.textContent = severity ? `${severity === "error" ? "✕" : "!"} ${index + 1}` : String(index + 1);
    if (severity) row.className = severity;
    return row;
  });
  find("gutter").replaceChildren(...lines);
  find("gutter").scrollTop = text.scrollTop;
}

/** @param {number} line @param {number} column */
function go(line, column) {
  const before = text.value.split("\n").slice(0, line - 1);
  const place = before.reduce((sum, one) => sum + one.length + 1, 0) + column - 1;
  text.focus();
  text.setSelectionRange(place, place);
  text.scrollTop = (line - 4) * parseFloat(getComputedStyle(text).lineHeight);
}

/** @param {{line: number, column: number, severity: string, message: string}[]} findings */
function list(findings) {
  const rows = findings.map((one) => {
    const row = document.createElement("li");
    const to = document.createElement("button");
    const where = document.createElement("b");
    row.className = one.severity;
    to.type = "button";
    where.textContent = fill(texts.in_line, { line: one.line });
    to.append(where, ": ", one.message);
    to.addEventListener("click", () => go(one.line, one.column));
    row.append(to);
    return row;
  });
  find("findings").replaceChildren(...rows);
}

/** @param {{name: string, length: string, picture: string, minutes: {start: string, name: string, length: string, text: string}[]}} plan */
function show(plan) {
  find("seen-name").textContent = plan.name;
  find("seen-length").textContent = plan.length;
  picture.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(plan.picture)}`;
  picture.alt = `${plan.name}, ${plan.length}`;
  picture.hidden = false;
  const rows = plan.minutes.flatMap((one) => {
    const at = document.createElement("dt");
    const what = document.createElement("dd");
    const bold = document.createElement("b");
    const words = document.createElement("p");
    at.textContent = one.start;
    bold.textContent = one.name;
    words.textContent = one.text;
    what.append(bold, `, ${one.length}`, words);
    return [at, what];
  });
  find("minutes").replaceChildren(...rows);
}

async function check() {
  const number_ = ++asked;
  const sent = text.value;
  const answer = await request("POST", "/api/plans/check", { text: sent });
  if (number_ !== asked) return; // typed on meanwhile
  if (!answer?.ok) return judge(errorOf(answer), true);
  const { told } = answer;
  const nWrong = told.findings.filter((/** @type {{severity: string}} */ one) => one.severity === "error").length;
  const nNotes = told.findings.length - nWrong;
  judge(nWrong ? fill(texts.n_mistakes, { number: nWrong }) : nNotes ? fill(texts.n_notes, { number: nNotes }) : texts.no_mistakes, nWrong > 0);
  number(told.findings);
  list(told.findings);
  if (told.plan) show(told.plan);
  find("seen-state").textContent = told.plan ? "" : picture.hidden ? texts.no_picture : texts.picture_of_last;
  button.disabled = told.plan === null;
}

/** Keep what is not saved in this browser. */
function keepDraft() {
  try {
    if (text.value === saved) localStorage.removeItem(draftKey);
    else localStorage.setItem(draftKey, text.value);
  } catch {
    // a browser that keeps nothing
  }
}

function changed() {
  keepDraft();
  number([]);
  button.disabled = true;
  asked++; // an answer that is on its way is about another text
  clearTimeout(timer);
  timer = window.setTimeout(() => void check(), CHECK_AFTER_MS);
}

/** Put a workout in the place of the text, and say what of it could not be taken over. @param {File} file */
async function take(file) {
  const answer = await ask("POST", "/api/workouts", file);
  if (!answer) return;
  text.focus();
  text.select();
  // As if it were typed, so that the browser can bring back what stood there.
  if (!document.execCommand("insertText", false, answer.told.text)) text.value = answer.told.text;
  const notes = answer.told.notes.map((/** @type {string} */ note) => Object.assign(document.createElement("li"), { textContent: note }));
  find("notes").replaceChildren(...notes);
  changed();
}

text.addEventListener("input", changed);
text.addEventListener("scroll", () => (find("gutter").scrollTop = text.scrollTop));
find("workout").addEventListener("change", (event) => {
  const [file] = /** @type {HTMLInputElement} */ (event.target).files ?? [];
  if (file) void take(file);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  text.addEventListener(kind, (event) => {
    const { files, types } = /** @type {DragEvent} */ (event).dataTransfer ?? {};
    if (!types?.includes("Files")) return; // a piece of the text is moved
    event.preventDefault();
    text.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop" && files?.[0]) void take(files[0]);
  });
}
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const sent = text.value;
  const headers = "new" in document.body.dataset ? { "if-none-match": "*" } : undefined;
  const answer = await ask("PUT", `/api/plans/${name.value}`, { text: sent }, headers);
  if (!answer) return;
  saved = sent;
  keepDraft();
  location.assign(`/plans/${answer.told.id}`);
});
find("drop").addEventListener("click", () => {
  text.value = saved;
  find("draft").hidden = true;
  changed();
});

try {
  const draft = localStorage.getItem(draftKey);
  if (draft !== null && draft !== saved) {
    text.value = draft;
    find("draft").hidden = false;
  }
} catch {
  // likewise
}
number([]);
void check();
