// What lies over the live page: a code for the runner's phone, the question about pain, whether to end, the stop for pain, all keys, the end.
// @ts-check

import { fill, find, texts } from "./ask.js";

const QUESTION_MS = 9000; // a little less than a question about pain stays open
const HEARD_MS = 600; // after an answer the next moment may be one from before it
const ON_HALT = new Set(["take back", "stop"]);

/** Show a text, where it is another one: a screen reader says it once. @param {string} id @param {string} text */
export function write(id, text) {
  if (find(id).textContent !== text) find(id).textContent = text;
}

export class Sheets {
  /**
   * @param {object} ways
   * @param {(key: string, value?: number) => Promise<void>} ways.send presses a key of the session
   * @param {(key: string) => void} ways.finish ends the session by the stop, or by a next stage after the last
   */
  constructor({ send, finish }) {
    this.send = send;
    this.finish = finish;
    this.endsBy = "stop";
    this.isPadMine = false;
    this.askedAt = -Infinity;
    this.nAnswers = 0; // on their way: until the session has heard one, its question is still open
    this.pain = "";
    this.hasCode = false;
    this.isJoining = false;
    find("pain-sheet").addEventListener("close", () => (this.isPadMine = false));
    find("pain-sheet").addEventListener("cancel", (/** @type {Event} */ event) => {
      event.preventDefault();
      this.closePain();
    });
    for (const id of ["halt", "over"]) {
      find(id).addEventListener("cancel", (/** @type {Event} */ event) => event.preventDefault());
    }
    find("stop-now").addEventListener("click", () => this.confirm());
    find("halt-end").addEventListener("click", () => void send("stop"));
    find("halt-back").addEventListener("click", () => void send("take back"));
    find("more").addEventListener("click", () => find("more-sheet").showModal());
    find("join").addEventListener("click", () => {
      find("more-sheet").close();
      find("join-sheet").showModal();
    });
    for (const one of document.querySelectorAll("[data-level]")) {
      one.addEventListener("click", () => this.rate(Number(/** @type {HTMLElement} */ (one).dataset.level)));
    }
    for (const one of document.querySelectorAll("[data-close]")) {
      const sheet = one.closest("dialog");
      one.addEventListener("click", () => (sheet?.id === "pain-sheet" ? this.closePain() : sheet?.close()));
    }
  }

  /** Press a key of the session; the one for pain opens the pad here. @param {string} key */
  press(key) {
    void this.tell(key);
    if (key !== "pain" || find("pain-sheet").open) return;
    this.close("more-sheet");
    this.close("join-sheet");
    this.isPadMine = true;
    this.askedAt = performance.now();
    find("pain-sheet").showModal();
  }

  /** Know how a phone comes to the session. @param {any} joining null or missing where none does, or not from here */
  invite(joining) {
    this.hasCode = Boolean(joining);
    if (!joining) return;
    find("join-code").src = joining.picture;
    find("join-link").href = joining.code;
    for (const [id, lines] of [["join-before", joining.before], ["join-after", joining.after]]) {
      find(id).replaceChildren(...lines.map((/** @type {string} */ line) => Object.assign(document.createElement("p"), { textContent: line })));
    }
  }

  /** Show the code once while a phone is awaited; it can be closed, and shown again. @param {boolean} isJoining */
  join(isJoining) {
    find("join").hidden = !isJoining;
    if (isJoining && !this.isJoining && !document.querySelector("dialog[open]")) find("join-sheet").showModal();
    if (!isJoining) this.close("join-sheet");
    this.isJoining = isJoining;
  }

  /** @param {string} key the one that would end the session */
  askToEnd(key) {
    this.close("more-sheet");
    this.close("join-sheet");
    this.endsBy = key;
    find("stop-sheet").showModal();
  }

  /** Open and close what a moment asks for. @param {any} moment */
  show(moment) {
    this.pain = moment.pain;
    this.join(this.hasCode && moment.is_joining && !moment.is_stopped && !moment.is_over);
    write("sensor", moment.sensor);
    const pad = find("pain-sheet");
    if (moment.pain === "?" && !pad.open && !moment.is_stopped && !find("stop-sheet").open && !this.nAnswers) {
      this.close("more-sheet");
      this.close("join-sheet");
      pad.showModal();
    }
    // One that was opened here stays until it is answered: nothing moves away under a finger.
    if (pad.open && !this.isPadMine && moment.pain !== "?") pad.close();
    const halt = find("halt");
    if (moment.is_stopped && !halt.open) {
      for (const id of ["pain-sheet", "stop-sheet", "more-sheet"]) this.close(id);
      halt.showModal();
    }
    if (!moment.is_stopped) return this.close("halt");
    const by = moment.stopped_by;
    const why = by === "!" ? texts.something_wrong : by ? fill(texts.pain_level, { level: by }) : "";
    write("halt-why", `${why} ${texts.beat_stopped}`.trim());
    write("halt-level", by);
    find("halt-back").hidden = !moment.can_take_back;
  }

  /** Show that the session is over. @param {string} words */
  end(words) {
    for (const sheet of document.querySelectorAll("dialog[open]")) /** @type {HTMLDialogElement} */ (sheet).close();
    find("over-title").textContent = words;
    find("over").showModal();
  }

  /**
   * Take a key of the keyboard where something lies over the page; the answer is whether it was for here.
   * @param {string} name as the terminal has it
   * @param {string | undefined} key what it asks of the session
   * @param {KeyboardEvent} event
   */
  take(name, key, event) {
    const isOpen = (/** @type {string} */ id) => find(id).open;
    if (isOpen("halt")) {
      if (key && ON_HALT.has(key)) void this.send(key);
    } else if (isOpen("pain-sheet")) {
      if (/^\d$/.test(name) || name === "x") this.rate(name === "x" ? 10 : Number(name));
      else if (name === "backspace") this.closePain();
      else return key !== undefined;
    } else if (isOpen("stop-sheet")) {
      // As in the terminal: the same key again means yes, another one no.
      if (key === this.endsBy || name === "y") this.confirm();
      else find("stop-sheet").close();
    } else if (name === "?" || name === "d") {
      if (isOpen("more-sheet")) find("more-sheet").close();
      else find("more-sheet").showModal();
    } else {
      return false;
    }
    event.preventDefault();
    return true;
  }

  confirm() {
    find("stop-sheet").close();
    this.finish(this.endsBy);
  }

  /** @param {number} level */
  rate(level) {
    find("pain-sheet").close();
    void this.tell("pain", level);
  }

  /** @param {string} key @param {number} [value] */
  async tell(key, value) {
    const isAnswer = key === "pain" || key === "take back" ? 1 : 0;
    this.nAnswers += isAnswer;
    await this.send(key, value);
    setTimeout(() => (this.nAnswers -= isAnswer), HEARD_MS);
  }

  closePain() {
    const isJustAsked = this.isPadMine && performance.now() - this.askedAt < QUESTION_MS;
    find("pain-sheet").close();
    if (this.pain === "?" || isJustAsked) this.press("take back");
  }

  /** @param {string} id */
  close(id) {
    if (find(id).open) find(id).close();
  }
}
