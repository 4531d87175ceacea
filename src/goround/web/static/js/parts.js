/**
 * The parts of a page that can change while it is open. Each is compared as the node drew it, then
 * and now, because scripts and people change what is shown; what differs takes the place of the old
 * one. A part in which somebody types, or works with the keyboard, is left as it is until they ask
 * for it, and nothing else moves under their hands: scroll position, opened details and focus stay.
 */

import { _ } from "./sentences.js";

const FIELDS = "input, textarea, select";
const EDITED = new Set(["INPUT", "TEXTAREA", "SELECT"]);

/** @type {Map<string, string>} what the node drew of each part, without the parts within it */
const drawn = new Map();
/** @type {Map<string, HTMLElement>} what a part that was left alone will look like */
const held = new Map();

for (const part of partsOf(document)) drawn.set(nameOf(part), own(part));

/** @param {ParentNode} root @returns {HTMLElement[]} */
function partsOf(root) {
  return [...root.querySelectorAll("[data-part]")].map(
    (part) => /** @type {HTMLElement} */ (part),
  );
}

/** @param {Element} part */
function nameOf(part) {
  return part.getAttribute("data-part") ?? "";
}

/** @param {Element} part the markup of a part, in which the parts within it are only named */
function own(part) {
  const copy = /** @type {Element} */ (part.cloneNode(true));
  for (const inner of partsOf(copy)) inner.replaceWith(nameOf(inner));
  return copy.outerHTML;
}

/** @param {string} name @param {ParentNode} [root] @returns {HTMLElement | null} */
function partNamed(name, root = document) {
  return root.querySelector(`[data-part="${CSS.escape(name)}"]`);
}

/**
 * Show what differs on a page that was fetched anew.
 * @param {Document} fresh
 * @param {HTMLFormElement} [sent] a form whose part is shown anew although somebody is in it
 * @returns {string[]} what is to be said of the changes
 */
export function update(fresh, sent) {
  const next = partsOf(fresh);
  const names = new Set(next.map(nameOf));
  return steadily(() => {
    const said = next.map((part) => show(part, sent));
    for (const old of partsOf(document)) {
      if (!names.has(nameOf(old)) && !isInUse(old, null, sent)) remove(old);
    }
    return said.filter((sentence) => sentence !== "");
  });
}

/**
 * @param {HTMLElement} next
 * @param {HTMLFormElement} [sent]
 * @returns {string} what is to be said of it
 */
function show(next, sent) {
  const name = nameOf(next);
  const old = partNamed(name);
  if (old && drawn.get(name) === own(next)) {
    letGo(name);
    return "";
  }
  const sentence = saying(held.get(name) ?? old, next);
  if (old && isInUse(old, next, sent)) hold(old, next);
  else if (old) replace(old, next);
  else insert(next);
  return sentence;
}

/** @param {HTMLElement | null} before @param {HTMLElement} next */
function saying(before, next) {
  const now = next.dataset.says ?? "";
  if (before?.dataset.says !== now) return now;
  return next.dataset.saysAlways === undefined ? "" : now;
}

/**
 * Tell whether somebody types in a part, or works there with what will not be there any more.
 * @param {Element} part
 * @param {Element | null} next
 * @param {Element} [sent]
 */
function isInUse(part, next, sent) {
  const active = document.activeElement;
  const isAt = active instanceof HTMLElement && active.tabIndex >= 0; // more than being led there
  if (isAt && part.contains(active) && !sent?.contains(active)) {
    if (EDITED.has(active.tagName) || !next || !sameControl(active, next)) return true;
  }
  return [...part.querySelectorAll(`${FIELDS}, form[aria-busy=true]`)].some(
    (it) => !sent?.contains(it) && (it instanceof HTMLFormElement || isTouched(it)),
  );
}

/** Tell whether somebody has begun to fill in anything on this page. */
export function isBegun() {
  return [...document.querySelectorAll(FIELDS)].some(isTouched);
}

/** Find a link or a button again. @param {Element} control @param {Element} root */
function sameControl(control, root) {
  const alike = (/** @type {Element} */ other) =>
    other.id === control.id &&
    other.getAttribute("href") === control.getAttribute("href") &&
    other.textContent === control.textContent;
  return [...root.querySelectorAll(control.tagName)].find(alike) ?? null;
}

/** Tell whether a field is not as the page brought it. @param {any} field */
function isTouched(field) {
  if (field.type === "hidden") return false;
  if (field.type === "checkbox" || field.type === "radio") {
    return field.checked !== field.defaultChecked;
  }
  if (field.tagName === "SELECT") {
    const first = [...field.options].findIndex((option) => option.defaultSelected);
    return field.selectedIndex !== Math.max(0, first);
  }
  return field.value !== field.defaultValue;
}

/** @param {HTMLElement} old @param {HTMLElement} next */
function replace(old, next) {
  for (const part of [next, ...partsOf(next)]) drawn.set(nameOf(part), own(part));
  const active = document.activeElement;
  const same = active && old.contains(active) ? sameControl(active, next) : null;
  keepOpen(old, next);
  keepTold(old, next);
  letGo(nameOf(old));
  old.replaceWith(next);
  if (same instanceof HTMLElement) {
    if (active?.getAttribute("tabindex") === "-1") same.tabIndex = -1; // a heading one was led to
    same.focus({ preventScroll: true });
  }
  next.dispatchEvent(new CustomEvent("shown-anew", { bubbles: true }));
}

/** Details that somebody opened or closed stay so. @param {Element} old @param {Element} next */
function keepOpen(old, next) {
  const before = [...old.querySelectorAll("details")];
  for (const details of next.querySelectorAll("details")) {
    const same = before.find((other) => titleOf(other) === titleOf(details));
    if (same) details.open = same.open;
  }
}

/**
 * What was told under the heading stays there, until something else is asked or offered there: what
 * was answered to the words before must not look like an answer to new ones.
 * @param {Element} old
 * @param {Element} next
 */
function keepTold(old, next) {
  const told = old.querySelector(":is(h1, h2, h3) + [data-told='']");
  if (told && offered(old) === offered(next)) next.querySelector("h1, h2, h3")?.after(told);
}

/** Name what somebody can do or take in a part. @param {Element} part */
function offered(part) {
  const [forms, links] = [part.querySelectorAll("form.act"), part.querySelectorAll("invitation-link")];
  const acts = [...forms].map((form) =>
    [form.getAttribute("data-act"), form.getAttribute("data-fixed")].join(" "),
  );
  return [...acts, links.length].join("\n");
}

/** @param {HTMLDetailsElement} details */
function titleOf(details) {
  return details.id || (details.querySelector("summary")?.textContent ?? "");
}

/** Put a new part where it stands on the fetched page. @param {HTMLElement} next */
function insert(next) {
  for (const part of [next, ...partsOf(next)]) drawn.set(nameOf(part), own(part));
  const above = neighbour(next, "previousElementSibling");
  const below = above ? null : neighbour(next, "nextElementSibling");
  if (above) above.after(next);
  else if (below) below.before(next);
  else document.getElementById("main")?.append(next);
  next.dispatchEvent(new CustomEvent("shown-anew", { bubbles: true }));
}

/** @param {Element} next @param {"previousElementSibling" | "nextElementSibling"} way */
function neighbour(next, way) {
  for (let other = next[way]; other; other = other[way]) {
    const here = other.hasAttribute("data-part") && partNamed(nameOf(other));
    if (here) return here;
  }
  return null;
}

/** @param {HTMLElement} old */
function remove(old) {
  letGo(nameOf(old));
  drawn.delete(nameOf(old));
  old.remove();
}

// -------------------------------------------------------------- what is left until it is asked for

/** @param {HTMLElement} old @param {HTMLElement} next */
function hold(old, next) {
  const name = nameOf(old);
  const isNew = !held.has(name);
  held.set(name, next);
  if (isNew) old.before(offer(name));
}

/** @param {string} name */
function offer(name) {
  const place = document.createElement("p");
  place.className = "changed";
  place.dataset.changed = name;
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = _("Something changed here. Show it");
  button.addEventListener("click", () => showHeld(name));
  place.append(button);
  return place;
}

/** @param {string} name */
function showHeld(name) {
  const [old, next] = [partNamed(name), held.get(name)];
  if (!old || !next) return;
  carryOver(old, next);
  replace(old, next);
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
}

/** What was typed goes along. @param {Element} old @param {Element} next */
function carryOver(old, next) {
  for (const field of /** @type {NodeListOf<any>} */ (old.querySelectorAll(FIELDS))) {
    const same = isTouched(field) ? sameField(field, next) : null;
    if (!same) continue;
    if (field.type === "checkbox" || field.type === "radio") same.checked = field.checked;
    else same.value = field.value;
  }
}

/** @param {any} field @param {Element} root @returns {any} */
function sameField(field, root) {
  return [...root.querySelectorAll(FIELDS)].find(
    (/** @type {any} */ other) =>
      other.name === field.name &&
      other.type === field.type &&
      (field.type !== "radio" || other.value === field.value) &&
      other.form?.dataset.act === field.form?.dataset.act &&
      other.form?.dataset.fixed === field.form?.dataset.fixed,
  );
}

/** @param {string} name */
function letGo(name) {
  held.delete(name);
  document.querySelector(`[data-changed="${CSS.escape(name)}"]`)?.remove();
}

/**
 * Change a page so that what somebody looks at stays where it is.
 * @template Made
 * @param {() => Made} work
 * @returns {Made}
 */
function steadily(work) {
  const [root, anchor] = [document.documentElement, anchored()];
  root.style.overflowAnchor = "none"; // the browser would do the same a second time
  const made = work();
  const after = anchor.find()?.getBoundingClientRect().top;
  if (after !== undefined && after !== anchor.top) scrollBy({ top: after - anchor.top });
  root.style.overflowAnchor = "";
  return made;
}

/** Find what stands first in the window, and how to find it again. */
function anchored() {
  const active = document.activeElement;
  if (active instanceof HTMLElement && EDITED.has(active.tagName)) {
    return { top: active.getBoundingClientRect().top, find: () => active };
  }
  const part = partsOf(document).find((one) => one.getBoundingClientRect().bottom > 0);
  const name = part ? nameOf(part) : "";
  return {
    top: part?.getBoundingClientRect().top ?? 0,
    find: () => (part ? partNamed(name) : null),
  };
}
