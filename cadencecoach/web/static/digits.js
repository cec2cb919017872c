// Figures as SVG text pressed to a fixed width a digit: the same size in every font, and nothing jumps from 99 to 100.
// @ts-check

const DIGIT = 64;
const COLON = 24;
const SMALL = 76;
const SVG = "http://www.w3.org/2000/svg";

/**
 * Show a text of digits: "167", "4:24", "12 min" (the word small), or "–" where there is no figure.
 * @param {SVGSVGElement} svg
 * @param {string} text
 * @param {number} width in units of the picture, of which a digit has 64
 * @param {string} spoken what a screen reader says
 */
export function showDigits(svg, text, width, spoken) {
  if (svg.dataset.shown === text) return;
  svg.dataset.shown = text;
  const [digits, word] = text.split(" ");
  const parts = [];
  let x = 0;
  for (const part of digits.split(/(:)/)) {
    if (part === ":") {
      parts.push(piece(part, x, 93, 125, COLON));
      x += COLON;
    } else if (part) {
      parts.push(piece(part, x, 101, 146, DIGIT * part.length));
      x += DIGIT * part.length;
    }
  }
  if (word) {
    parts.push(piece(word, x + 8, 101, 44, SMALL - 8));
    x += SMALL;
  }
  svg.setAttribute("viewBox", `0 0 ${Math.max(width, x)} 102`);
  svg.setAttribute("preserveAspectRatio", "xMinYMid meet");
  svg.setAttribute("aria-label", spoken);
  svg.replaceChildren(...parts);
}

/**
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {number} length
 */
function piece(text, x, y, size, length) {
  const one = document.createElementNS(SVG, "text");
  const places = { x, y, "font-size": size, textLength: length, lengthAdjust: "spacingAndGlyphs" };
  for (const [name, value] of Object.entries(places)) one.setAttribute(name, String(value));
  one.textContent = text;
  return one;
}
