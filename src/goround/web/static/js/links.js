/**
 * A link with a secret, as it is handed on: a line to copy, a button that hands it to another
 * program of the phone, and a picture to scan. It is made and shown in this browser alone.
 */

import { copyOut } from "./copying.js";
import { _ } from "./sentences.js";

/**
 * Show a link in a place of the page.
 * @param {Element} place
 * @param {string} link
 * @param {{label: string, text: string}} about what the picture is, and what is sent with the link
 */
export function showLink(place, link, { label, text }) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("template#link"));
  const box = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  const line = /** @type {HTMLInputElement} */ (box.querySelector("input"));
  line.setAttribute("value", link); // as the page brought it, so that nobody seems to type here
  line.id = `link-${crypto.randomUUID()}`;
  line.addEventListener("focus", () => line.select());
  box.querySelector("label")?.setAttribute("for", line.id);
  drawIn(/** @type {HTMLElement} */ (box.querySelector(".link-qr")), link, label);
  const says = /** @type {HTMLElement} */ (box.querySelector(".says"));
  const button = /** @type {HTMLElement} */ (box.querySelector("[data-copy]"));
  button.addEventListener("click", () => copyOut(line, button, says));
  wireShare(/** @type {HTMLElement} */ (box.querySelector("[data-share]")), link, text);
  place.replaceChildren(box);
}

/**
 * Draw the picture of a link; what draws is fetched for whoever sees one.
 * @param {HTMLElement} frame
 * @param {string} link
 * @param {string} label
 */
async function drawIn(frame, link, label) {
  try {
    const { drawQr } = await import("./qr.js");
    frame.append(drawQr(link, label));
  } catch {
    frame.hidden = true; // nobody answers just now; the line can be copied all the same
  }
}

/** @param {HTMLElement} button @param {string} link @param {string} text */
function wireShare(button, link, text) {
  if (!navigator.share) return;
  button.hidden = false;
  button.addEventListener("click", () => {
    navigator.share({ text, url: link }).catch(() => {}); // a change of mind is no failure
  });
}
