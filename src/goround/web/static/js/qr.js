/**
 * Draws a link as a QR code, for a phone that is held in front of the screen. It is drawn here, in
 * the browser, because the secret in a link is for whoever it is given to and never for a node.
 */

import { codewordsOf } from "./qr/codewords.js";
import { modulesOf } from "./qr/modules.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

/**
 * Write a text as the squares of a QR code; true is dark.
 * @param {string} text
 * @returns {boolean[][]}
 */
export function qrOf(text) {
  const { version, words } = codewordsOf(text);
  return modulesOf(version, words);
}

/**
 * Draw a text as a QR code, dark on light whatever the page's colours are.
 * @param {string} text
 * @param {string} label what the picture is, for whoever does not see it
 * @returns {SVGSVGElement}
 */
export function drawQr(text, label) {
  const modules = qrOf(text);
  const size = modules.length + 2 * QUIET;
  const svg = element("svg", { viewBox: `0 0 ${size} ${size}`, role: "img", class: "qr" });
  svg.setAttribute("aria-label", label);
  svg.append(
    element("rect", { width: String(size), height: String(size), fill: "#fff" }),
    element("path", { d: modules.map(lineOf).join(""), fill: "#000" }),
  );
  return /** @type {SVGSVGElement} */ (svg);
}

/** @param {boolean[]} row @param {number} at */
function lineOf(row, at) {
  const line = row.map((isDark) => (isDark ? "1" : "0")).join("");
  const runs = [...line.matchAll(/1+/g)];
  return runs
    .map(({ index, 0: run }) => `M${index + QUIET} ${at + QUIET}h${run.length}v1h-${run.length}z`)
    .join("");
}

/** @param {string} name @param {Record<string, string>} attributes */
function element(name, attributes) {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}
