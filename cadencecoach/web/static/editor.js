// The editor: the text is checked as it is typed, and what is wrong stands at its line. What is not saved is kept in this browser.
// @ts-check

const CHECK_AFTER_MS = 300;
const texts = JSON.parse(document.body.dataset.texts ?? "{}");
const find = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const text = /** @type {HTMLTextAreaElement} */ (find("text"));
const form = /** @type {HTMLFormElement} */ (find("save"));
const name = /** @type {HTMLInputElement} */ (form.elements.namedItem("name"));
const button = /** @type {HTMLButtonElement} */ (form.querySelector("button"));
const picture = /** @type {HTMLImageElement} */ (find("picture"));
const draftKey = `cadencecoach-draft:${document.body.dataset.name}`;
let saved = text.value;
let isRight = false;
let timer = 0;
let asked = 0;

/** @param {string} pattern @param {Record<string, unknown>} values */
const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (_, key) => String(values[key]));

/** @param {string} words @param {boolean} isWrong */
function say(words, isWrong) {
  const verdict = find("verdict");
  /** @type {HTMLElement} */ (verdict.querySelector("p")).textContent = words;
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
  let told;
  try {
    const answer = await fetch("/api/plans/check", { method: "POST", body: JSON.stringify({ text: sent }) });
    told = await answer.json();
    if (!answer.ok) throw new Error(told.error);
  } catch (error) {
    if (number_ === asked) say(error instanceof TypeError ? texts.key_failed : String(/** @type {Error} */ (error).message), true);
    return;
  }
  if (number_ !== asked) return; // typed on meanwhile
  const nWrong = told.findings.filter((/** @type {{severity: string}} */ one) => one.severity === "error").length;
  const nNotes = told.findings.length - nWrong;
  isRight = told.plan !== null;
  say(nWrong ? fill(texts.n_mistakes, { number: nWrong }) : nNotes ? fill(texts.n_notes, { number: nNotes }) : texts.no_mistakes, nWrong > 0);
  number(told.findings);
  list(told.findings);
  if (told.plan) show(told.plan);
  find("seen-state").textContent = told.plan ? "" : picture.hidden ? texts.no_picture : texts.picture_of_last;
  button.disabled = !isRight;
}

function changed() {
  try {
    if (text.value === saved) localStorage.removeItem(draftKey);
    else localStorage.setItem(draftKey, text.value);
  } catch {
    // a browser that keeps nothing
  }
  number([]);
  button.disabled = true;
  clearTimeout(timer);
  timer = window.setTimeout(() => void check(), CHECK_AFTER_MS);
}

/** @param {File} file */
async function take(file) {
  try {
    const answer = await fetch("/api/workouts", { method: "POST", body: file });
    const told = await answer.json();
    if (!answer.ok) return say(told.error, true);
    text.value = told.text;
    changed();
  } catch {
    say(texts.key_failed, true);
  }
}

text.addEventListener("input", changed);
text.addEventListener("scroll", () => (find("gutter").scrollTop = text.scrollTop));
find("workout").addEventListener("change", (event) => {
  const [file] = /** @type {HTMLInputElement} */ (event.target).files ?? [];
  if (file) void take(file);
});
for (const kind of ["dragover", "dragleave", "drop"]) {
  text.addEventListener(kind, (event) => {
    const files = /** @type {DragEvent} */ (event).dataTransfer?.files;
    event.preventDefault();
    text.classList.toggle("dropping", kind === "dragover");
    if (kind === "drop" && files?.[0]) void take(files[0]);
  });
}
form.addEventListener("submit", async (event) => {
  event.preventDefault();
  const sent = text.value;
  try {
    const body = JSON.stringify({ text: sent });
    const headers = "new" in document.body.dataset ? { "if-none-match": "*" } : undefined;
    const answer = await fetch(`/api/plans/${name.value}`, { method: "PUT", body, headers });
    const told = await answer.json();
    if (!answer.ok) return say(told.error, true);
    saved = sent;
    localStorage.removeItem(draftKey);
    location.assign(`/plans/${told.id}`);
  } catch {
    say(texts.key_failed, true);
  }
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
