// A ring that is turned by a finger or by keys: a whole turn is sixty beats.
// @ts-check

const SVG = "http://www.w3.org/2000/svg";
const A_TURN = 60;
const TICK_EVERY = 5;
const KEYS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1, PageUp: 5, PageDown: -5 };

/**
 * Make a ring move a number.
 * @param {HTMLElement} wheel
 * @param {() => number} read the number now
 * @param {(value: number) => void} write asks for another; whoever keeps it holds the limits
 */
export function makeDial(wheel, read, write) {
  const ticks = /** @type {Element} */ (wheel.querySelector("#ticks"));
  for (let at = 0; at < A_TURN; at += TICK_EVERY) {
    const line = document.createElementNS(SVG, "path");
    line.setAttribute("class", "tick");
    line.setAttribute("d", "M0-70V-90");
    line.setAttribute("transform", `rotate(${degrees(at)})`);
    ticks.append(line);
  }
  let before = 0; // angle of the finger
  let whole = 0; // the number it has come to, with its fraction
  wheel.addEventListener("pointerdown", (event) => {
    wheel.setPointerCapture(event.pointerId);
    before = angleOf(wheel, event);
    whole = read();
  });
  wheel.addEventListener("pointermove", (event) => {
    if (!wheel.hasPointerCapture(event.pointerId)) return;
    const now = angleOf(wheel, event);
    const moved = ((now - before + 540) % 360) - 180; // over the top it goes on
    before = now;
    whole += (moved / 360) * A_TURN;
    write(Math.round(whole));
  });
  wheel.addEventListener("keydown", (event) => {
    const by = KEYS[event.key];
    const end = { Home: "valuemin", End: "valuemax" }[event.key];
    if (by === undefined && !end) return;
    event.preventDefault();
    event.stopPropagation();
    write(end ? Number(wheel.getAttribute(`aria-${end}`)) : Math.round(read() + by));
  });
}

/**
 * Show a number on a ring.
 * @param {HTMLElement} wheel
 * @param {number} value
 * @param {string} spoken
 */
export function showDial(wheel, value, spoken) {
  wheel.querySelector("#knob")?.setAttribute("transform", `rotate(${degrees(value)})`);
  wheel.setAttribute("aria-valuenow", String(value));
  wheel.setAttribute("aria-valuetext", spoken);
}

/** @param {number} value */
function degrees(value) {
  return ((value % A_TURN) / A_TURN) * 360;
}

/** @param {HTMLElement} wheel @param {PointerEvent} event */
function angleOf(wheel, event) {
  const box = wheel.getBoundingClientRect();
  return (Math.atan2(event.clientY - box.y - box.height / 2, event.clientX - box.x - box.width / 2) * 180) / Math.PI;
}
