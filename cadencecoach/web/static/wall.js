// The lanes of a room, and at the desk a clinician's keys: a number is shown for a second before anything happens.
// @ts-check

import { errorOf, fill, find, newId, request, say, texts, unsay } from "./ask.js";

const SHOWN_MS = 1000;
const AWAY_MS = 4000;
const LEFT_MS = 10000;
const MOST_LANES = 8;
const isDesk = "desk" in document.body.dataset;
/** @type {Record<string, string>} */
const SIGNS = { on: "✓", quicker: "▲", slower: "▼", unheard: "✕", paused: "❚❚", desk: "◆", over: "■" };
/** @type {Record<string, string>} */
const DEED_OF = { p: "pause", x: "stop" };
/** @type {Record<string, string>} */
const WHAT = { pause: texts.lane_pause, stop: texts.stop };

/** @typedef {{lane: number, state: string, cadence_spm: number | null, target_spm: number | null, course: string, far_spm: number, is_worst: boolean}} Tile */

/** @type {Record<string, string>} */
const WORDS = {
  waiting: texts.lane_waiting,
  starting: texts.lane_starting,
  running: texts.lane_running,
  paused: texts.paused,
  desk: texts.lane_desk,
  over: texts.lane_over,
  on: texts.lane_on,
  quicker: texts.lane_quicker,
  slower: texts.lane_slower,
  unheard: texts.lane_unheard,
};

/** @param {string} name @param {string} text */
function part(name, text) {
  return Object.assign(document.createElement("span"), { className: name, textContent: text });
}

/** @param {Tile} tile */
function draw(tile) {
  const isCalm = tile.state !== "running" || tile.cadence_spm === null;
  const sign = SIGNS[tile.course || tile.state] ?? "";
  const box = document.createElement(isDesk ? "button" : "div");
  box.className = `lane ${tile.course || tile.state}${isCalm ? " calm" : ""}${tile.is_worst ? " worst" : ""}`;
  box.dataset.lane = String(tile.lane);
  if (asked.lane === tile.lane) box.classList.add("asked");
  const target = part("target", tile.target_spm === null ? "" : `${texts.target} ${tile.target_spm}`);
  const figure = part("figure", isCalm ? "" : String(tile.cadence_spm));
  const word = part("word", `${sign} ${fill(WORDS[tile.course || tile.state], { number: tile.far_spm })}`);
  const worst = tile.is_worst ? [part("unseen", texts.lane_worst)] : [];
  const number = part("number", fill(texts.lane_number, { number: tile.lane }));
  box.append(number, ...(isCalm ? [] : [figure]), target, word, ...worst);
  const item = document.createElement("li");
  item.append(box);
  return item;
}

// The stream comes back by itself; what has not come for a while is shown as of then.

/** @type {Tile[]} */
let tiles = [];
let heard = -Infinity;
const asked = { deed: "", lane: 0, at: 0 };
/** @type {EventSource | null} */
let source = null;
let room = ""; // that is shown: what keys are for

/** Links to all rooms, where another one runs than is shown. @param {{shown: string, rooms: Record<string, string>}} told */
function showRooms({ shown, rooms }) {
  room = shown;
  const links = Object.entries(rooms).map(([id, name]) => {
    const link = Object.assign(document.createElement("a"), { className: "btn", textContent: name });
    link.href = `/wall?${new URLSearchParams({ room: id })}`;
    if (id === shown) link.setAttribute("aria-current", "page");
    return link;
  });
  find("rooms").replaceChildren(...links);
  find("rooms").hidden = !Object.keys(rooms).some((id) => id !== shown);
}

function open() {
  if (source || document.hidden) return;
  source = new EventSource(`/api/wall/events${location.search}`);
  source.addEventListener("rooms", (event) => showRooms(JSON.parse(/** @type {MessageEvent} */ (event).data)));
  source.addEventListener("tiles", (event) => {
    tiles = JSON.parse(/** @type {MessageEvent} */ (event).data);
    heard = performance.now();
    show();
  });
  source.addEventListener("error", () => {
    if (source?.readyState !== EventSource.CLOSED) return;
    source = null;
    setTimeout(open, SHOWN_MS);
  });
}

function show() {
  const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.lane : undefined;
  find("lanes").replaceChildren(...tiles.map(draw));
  find("none").hidden = tiles.length > 0;
  if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`[data-lane="${focused}"]`))?.focus();
}

document.addEventListener("visibilitychange", () => {
  if (document.hidden) {
    source?.close();
    source = null;
  } else open();
});
setInterval(() => document.body.classList.toggle("away", performance.now() - heard > AWAY_MS), SHOWN_MS);
open();

// The desk's keys: what is to be done and a number, in either order; any other key calls both off.

let due = 0;

function tellAsked() {
  const what = WHAT[asked.deed] ?? "";
  const number = asked.lane;
  if (asked.deed && number) find("asked").textContent = fill(texts.lane_asked, { what, number });
  else if (asked.deed) find("asked").textContent = fill(texts.lane_which, { what });
  else if (number) find("asked").textContent = fill(texts.lane_number, { number });
  show();
}

/** @param {{deed?: string, lane?: number}} more */
function ask(more) {
  Object.assign(asked, more, { at: performance.now() });
  clearTimeout(due);
  due = setTimeout(asked.deed && asked.lane ? act : forget, asked.deed && asked.lane ? SHOWN_MS : LEFT_MS);
  tellAsked();
}

function forget() {
  clearTimeout(due);
  if (asked.deed || asked.lane) find("asked").textContent = texts.lane_called_off;
  Object.assign(asked, { deed: "", lane: 0 });
  show();
}

async function act() {
  const { deed, lane } = asked;
  const what = fill(texts.lane_asked, { what: WHAT[deed], number: lane });
  Object.assign(asked, { deed: "", lane: 0 });
  unsay();
  const answer = await request("POST", "/api/wall/keys", { id: newId(), lane, key: deed, room });
  if (answer?.ok) find("asked").textContent = fill(texts.lane_done, { what });
  else say(errorOf(answer));
  show();
}

async function stopAll() {
  forget();
  unsay();
  const answer = await request("POST", "/api/wall/stop");
  if (answer?.ok) find("asked").textContent = fill(texts.lane_done, { what: texts.lanes_stop });
  else say(errorOf(answer));
}

if (isDesk) {
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
    if (["Tab", "Shift", "Enter", " "].includes(event.key)) return; // they belong to the buttons
    const key = event.key.toLowerCase();
    if (key === "a") stopAll();
    else if (key in DEED_OF) ask({ deed: DEED_OF[key] });
    else if (/^[1-9]$/.test(key) && Number(key) <= MOST_LANES) ask({ lane: Number(key) });
    else forget();
  });
  find("stop-all").addEventListener("click", stopAll);
  for (const button of document.querySelectorAll("[data-deed]")) {
    button.addEventListener("click", () => ask({ deed: /** @type {HTMLElement} */ (button).dataset.deed }));
  }
  find("lanes").addEventListener("click", (/** @type {MouseEvent} */ event) => {
    const box = /** @type {HTMLElement} */ (event.target).closest("[data-lane]");
    if (box) ask({ lane: Number(/** @type {HTMLElement} */ (box).dataset.lane) });
  });
}
