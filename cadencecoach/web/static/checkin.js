// A check-in by thumbs: one question a screen, each answer leads to the next one, and any may be changed before it is saved.
// @ts-check

import { ask, find, newId, put, say, start, texts } from "./ask.js";

const { athlete, moment, resume, correct } = document.body.dataset;
const form = /** @type {HTMLFormElement} */ (find("questions"));
const list = /** @type {HTMLElement} */ (find("answers"));
const save = /** @type {HTMLButtonElement} */ (find("save"));
const sections = /** @type {HTMLElement[]} */ ([...form.querySelectorAll(".ask")]);
const order = sections.map((one) => one.dataset.field ?? "");
/** @type {Record<string, string>} */
const answers = JSON.parse(document.body.dataset.given ?? "{}");
/** @type {Set<string>} */
const asked = new Set(Object.keys(answers));
let here = "";

const sectionOf = (/** @type {string} */ field) => sections[order.indexOf(field)];
const signs = /** @type {HTMLButtonElement[]} */ ([...form.querySelectorAll("[data-sign]")]);

/** Whether a question is asked, after what was said of pain. @param {string} field */
function isDue(field) {
  const from = sectionOf(field).dataset.fromPain ?? "";
  return from === "" || Number(answers.pain ?? 0) >= Number(from);
}

/** Show a question. @param {string} field */
function show(field) {
  here = field;
  for (const one of sections) one.hidden = one.dataset.field !== field;
  find("skip-this").hidden = field === "all" || field === "flags";
  find("sign").hidden = field === "flags";
  for (const button of form.querySelectorAll("[data-value]")) {
    const field_ = /** @type {HTMLElement} */ (button.closest(".ask")).dataset.field ?? "";
    button.setAttribute("aria-pressed", String(answers[field_] === /** @type {HTMLElement} */ (button).dataset.value));
  }
  const given = (answers.flags ?? "").split(", ");
  for (const one of signs) one.setAttribute("aria-pressed", String(given.includes(one.dataset.sign ?? "")));
  save.disabled = !Object.values(answers).some(Boolean);
  draw();
  /** @type {HTMLElement} */ (sectionOf(field).querySelector("h2")).focus({ preventScroll: true });
}

/** The next question that nobody has been asked; a sign to stop ends them. */
function next() {
  show(answers.flags ? "all" : (order.find((field) => !asked.has(field) && isDue(field)) ?? "all"));
}

/** What was answered, each to be changed. */
function draw() {
  const shown = order.filter((field) => answers[field] && field !== "all");
  list.replaceChildren(
    ...shown.map((field) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "btn" });
      const values = field === "flags" ? answers[field].split(", ") : [answers[field]];
      const said = (/** @type {string} */ value) => {
        const one = sectionOf(field).querySelector(`[data-value="${value}"], [data-sign="${value}"]`);
        return /** @type {HTMLElement | null} */ (one)?.dataset.said ?? value;
      };
      button.textContent = values.map(said).join(", ");
      button.addEventListener("click", () => show(field));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }),
  );
}

/** Take an answer. @param {string} field @param {string} value */
function take(field, value) {
  answers[field] = value;
  asked.add(field);
  if (field === "pain" && Number(value) === 0) delete answers.site;
  next();
}

form.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("button") : null;
  if (!button) return;
  const { value, sign } = button.dataset;
  if (value) take(here, value);
  else if (sign) {
    button.setAttribute("aria-pressed", String(button.getAttribute("aria-pressed") !== "true"));
    const chosen = signs.filter((one) => one.getAttribute("aria-pressed") === "true");
    answers.flags = chosen.map((one) => one.dataset.sign).join(", ");
    asked.add("flags");
    save.disabled = !Object.values(answers).some(Boolean);
    draw();
  } else if (button.id === "no-sign") {
    delete answers.flags;
    asked.add("flags");
    next();
  } else if (button.id === "skip-this") {
    delete answers[here];
    asked.add(here);
    next();
  } else if (button.id === "sign") show("flags");
  else if (button.id === "go-on-without") void start(button, { resume });
});

form.addEventListener("submit", (event) => {
  event.preventDefault();
  void keep();
});

const note = /** @type {HTMLTextAreaElement | null} */ (form.querySelector("textarea[name]"));
const toClinician = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("to-clinician"));
const messageId = newId();
/** @type {any} */
let kept = null; // what came of the check-in, once it is written down

/** Send what was written to the clinician, once however often it is tried; false where it did not arrive. */
async function sendMessage() {
  const text = toClinician?.value.trim() ?? "";
  if (!text) return true;
  return Boolean(await ask("POST", `/messages?athlete=${encodeURIComponent(athlete ?? "")}`, { id: messageId, text }));
}

/** Write it down, or go on with the session it stands before. */
async function keep() {
  if (note) answers.note = note.value.trim();
  if (!Object.values(answers).some(Boolean)) return say(texts.nothing_answered);
  if (resume) return start(save, { resume, body: answers });
  const before = save.textContent;
  save.disabled = true;
  save.textContent = `${texts.saving} …`;
  const what = { id: newId(), athlete, moment, answers, ...(correct ? { correct } : {}) };
  kept ??= await ask("POST", "/checkin", what); // first how the body is: a sign to stop waits for nothing
  const isDone = kept && (await sendMessage());
  save.disabled = false;
  save.textContent = before;
  if (isDone) put(find("main"), kept.told);
}

document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof Element && event.target.closest("textarea, input, select");
  if (isTyping || event.ctrlKey || event.altKey || event.metaKey || !form.isConnected) return;
  const level = event.key === "x" ? "10" : event.key;
  if (sectionOf(here).querySelector(`.pad [data-value="${CSS.escape(level)}"]`)) take(here, level);
  else if (event.key === "!") show("flags");
});

if (note) note.value = answers.note ?? "";
if (correct) show(order[0]);
else next();
