// Figures as SVG text pressed to a fixed width a digit: the same size in every font, and nothing jumps from 99 to 100.
// @ts-check

const WIDE = { digit: 64, colon: 24, word: 76 };
const PRESSED = { digit: 45, colon: 18, word: 62 }; // two figures side by side on a phone
const SIZE = 134; // of a font whose digits are at most 0.74 of it high: those of all systems
const SVG = "http://www.w3.org/2000/svg";

/**
 * Show a text of digits: "167", "4:24", "12 min" (the word small), or "–" where there is no figure.
 * @param {SVGSVGElement} svg
 * @param {string} text
 * @param {number} nDigits how many digits there is room for
 * @param {string} spoken what a screen reader says
 * @param {boolean} [isPressed]
 */
export function showDigits(svg, text, nDigits, spoken, isPressed = false) {
  const key = `${text} ${isPressed}`;
  if (svg.dataset.shown === key) return;
  svg.dataset.shown = key;
  const widths = isPressed ? PRESSED : WIDE;
  const [digits, word] = text.split(" ");
  const parts = [];
  let x = 0;
  for (const part of digits.split(/(:)/)) {
    const length = part === ":" ? widths.colon : widths.digit * part.length;
    if (part) parts.push(part === ":" ? piece(part, x, 93, 115, length) : piece(part, x, 101, SIZE, length));
    x += length;
  }
  if (word) {
    parts.push(piece(word, x + 8, 101, 44, widths.word - 8));
    x += widths.word;
  }
  svg.setAttribute("viewBox", `0 0 ${Math.max(nDigits * widths.digit, x)} 104`);
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
