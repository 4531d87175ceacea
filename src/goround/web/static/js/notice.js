/**
 * The one place above a page where something is told that concerns all of it: that this browser
 * lost its storage, say, or that the node refuses what was signed here.
 */

import { _ } from "./sentences.js";

/**
 * Tell something, with a link to what can be done.
 * @param {string} sentence
 * @param {{href: string, text: string}} [way]
 */
export function tell(sentence, way) {
  const notice = document.getElementById("notice");
  if (!notice) return;
  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "alert");
  const words = document.createElement("span");
  words.textContent = sentence;
  told.append(words);
  if (way) told.append(" ", linkTo(way));
  notice.querySelector(".told:not(#unconnected)")?.remove();
  notice.prepend(told);
}

/** @param {{href: string, text: string}} way */
function linkTo({ href, text }) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  return link;
}

/**
 * Say that the node cannot be reached just now, or take that back.
 * @param {boolean} isConnected
 */
export function setConnected(isConnected) {
  const shown = document.getElementById("unconnected");
  if (isConnected) shown?.remove();
  if (isConnected || shown) return;
  const told = document.createElement("p");
  told.className = "told";
  told.id = "unconnected";
  told.setAttribute("role", "status");
  const words = document.createElement("span");
  words.textContent = _(
    "Not connected just now. What you say is kept on this device and goes out later. " +
      "Stay on this page: other pages need the network.",
  );
  told.append(words);
  document.getElementById("notice")?.append(told);
}
