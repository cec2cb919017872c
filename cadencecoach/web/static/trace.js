// The cadence of the last three minutes with the band, and the bar of stages.
// @ts-check

const SVG = "http://www.w3.org/2000/svg";
const WIDTH_S = 180;
const LEAST_SPM = 24; // shown from bottom to top, so that noise does not look like a change
const GAP_S = 4;

/** @typedef {[number, number | null, number | null, number | null, boolean]} Point  when, cadence, low, high, alone */

/**
 * @param {string} name
 * @param {Record<string, string | number>} attributes
 */
function element(name, attributes) {
  const one = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) one.setAttribute(key, String(value));
  return one;
}

/**
 * @param {SVGSVGElement} svg
 * @param {Point[]} points the oldest first
 */
export function drawTrace(svg, points) {
  if (!points.length) return svg.replaceChildren();
  const now = points[points.length - 1][0];
  const shown = points.filter((point) => point[0] > now - WIDTH_S);
  const values = shown.flatMap((point) => [point[1], point[2], point[3]]).filter((value) => value !== null);
  const middle = values.length ? (Math.min(...values) + Math.max(...values)) / 2 : 0;
  const half = Math.max(LEAST_SPM, (values.length ? Math.max(...values) - Math.min(...values) : 0) * 1.15) / 2;
  const x = (/** @type {number} */ at) => WIDTH_S - (now - at);
  const y = (/** @type {number} */ value) => 50 - ((value - middle) / half) * 50;
  const parts = [];
  for (const run of runsOf(shown)) {
    const [[from, , low, high, alone]] = run;
    if (low === null || high === null) continue;
    const until = run[run.length - 1][0] + 1;
    const box = { x: x(from), width: Math.max(0.5, until - from), y: y(high), height: Math.max(1, y(low) - y(high)) };
    parts.push(element("rect", { class: alone ? "lone" : "helped", ...box }));
  }
  let path = "";
  let before = -Infinity;
  for (const [at, cadence] of shown) {
    if (cadence === null) continue;
    path += `${at - before > GAP_S ? "M" : "L"}${x(at).toFixed(1)} ${y(cadence).toFixed(1)}`;
    before = at;
  }
  if (path) parts.push(element("path", { class: "line", d: path }));
  svg.replaceChildren(...parts);
}

/** @param {Point[]} points */
function runsOf(points) {
  /** @type {Point[][]} */
  const runs = [];
  for (const point of points) {
    const run = runs[runs.length - 1];
    const last = run?.[0];
    if (last && last[2] === point[2] && last[3] === point[3] && last[4] === point[4]) run.push(point);
    else runs.push([point]);
  }
  return runs;
}

/**
 * @param {SVGSVGElement} svg
 * @param {{length_s: number | null, kind: string}[]} stages
 * @param {{number: number, done_s: number}} now
 */
export function drawStages(svg, stages, now) {
  const lengths = stages.map((stage) => stage.length_s ?? openLength(stages));
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const parts = [];
  let at = 0;
  let here = 0;
  stages.forEach((stage, index) => {
    const isHere = index + 1 === now.number;
    const box = { x: `${(100 * at) / total}%`, y: 0, width: `${(100 * lengths[index]) / total}%`, height: "100%" };
    parts.push(element("rect", { class: kindClass(stage.kind), ...box }));
    if (isHere) {
      parts.push(element("rect", { class: "here", ...box }));
      here = at + Math.min(now.done_s, lengths[index]);
    }
    at += lengths[index];
  });
  const place = `${(100 * here) / total}%`;
  parts.push(element("rect", { class: "done", x: 0, y: 0, width: place, height: "100%" }));
  parts.push(element("line", { class: "now", x1: place, x2: place, y1: "-25%", y2: "125%" }));
  svg.replaceChildren(...parts);
}

/** @param {string} kind */
function kindClass(kind) {
  return { helped: "helped", alone: "lone" }[kind] ?? "free";
}

/**
 * How long a stage is drawn that lasts until a key: as the others on average, or five minutes.
 * @param {{length_s: number | null}[]} stages
 */
function openLength(stages) {
  const known = stages.map((stage) => stage.length_s).filter((length) => length !== null);
  return known.length ? known.reduce((sum, length) => sum + length, 0) / known.length : 300;
}
