/**
 * Whoever presses a button and goes on at once loses nothing. What they said is theirs only once it
 * is kept here, and before that the node is asked; as long as that takes, a link waits for it, and
 * the browser itself asks whoever would close the page. Afterwards nobody is asked anything. And
 * where a page goes elsewhere by itself, it does not hold back somebody who is going already.
 */

import { say } from "./outcome.js";
import { _ } from "./sentences.js";

/** Forms of which something is being kept. @type {Set<HTMLFormElement>} */
const held = new Set();
/** Where somebody goes as soon as nothing is held. @type {(() => void) | null} */
let next = null;
/** Forms after which somebody left. @type {WeakSet<HTMLFormElement>} */
const left = new WeakSet();
/** How long whoever follows a link may take, in ms, before it is believed that they stay. */
const UNDER_WAY = 10_000;
/** When somebody began to go, in ms as the page counts them. */
let wentAt = -UNDER_WAY;

addEventListener("beforeunload", () => {
  if (held.size === 0) wentAt = performance.now();
});

/**
 * Hold the page for a form until what it says is kept, or refused.
 * @param {HTMLFormElement} form
 */
export function hold(form) {
  held.add(form);
  left.delete(form);
  addEventListener("beforeunload", ask);
  document.addEventListener("click", wait);
}

/**
 * What a form said is kept, so whoever wanted to leave goes; tells whether somebody does.
 * @param {HTMLFormElement} form
 */
export function letGo(form) {
  release(form);
  if (held.size > 0 || !next) return left.has(form);
  left.add(form);
  next();
  next = null;
  return true;
}

/**
 * Nothing of a form was kept: whoever wanted to leave stays, and reads why.
 * @param {HTMLFormElement} form
 */
export function stay(form) {
  if (held.has(form)) next = null;
  release(form);
}

/**
 * Leave this page as soon as nothing is lost by it, unless somebody wants to go elsewhere; tells
 * whether that is now. To go while they are on their way would turn them back.
 * @param {() => void} go
 */
export function leaveBy(go) {
  const rest = wentAt + UNDER_WAY - performance.now();
  if (held.size > 0) next ??= go;
  else if (rest > 0) setTimeout(() => leaveBy(go), rest);
  else go();
  return held.size === 0 && rest <= 0;
}

/** @param {HTMLFormElement} form */
function release(form) {
  held.delete(form);
  if (held.size > 0) return;
  removeEventListener("beforeunload", ask);
  document.removeEventListener("click", wait);
}

/** @param {Event} event */
function ask(event) {
  event.preventDefault();
}

/** @param {MouseEvent} event */
function wait(event) {
  const link = event.target instanceof Element ? event.target.closest("a") : null;
  if (!link || !leavesBy(event, link)) return;
  event.preventDefault();
  next = () => location.assign(link.href);
  for (const form of held) say(form, _("One moment: this is being kept first."));
}

/** @param {MouseEvent} event @param {HTMLAnchorElement} link */
function leavesBy(event, link) {
  const isElsewhere = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || isElsewhere) return false;
  if (!link.href || link.target || link.hasAttribute("download")) return false;
  return link.href.split("#")[0] !== location.href.split("#")[0];
}
