/**
 * A page behind a link has several faces (an open invitation, one that was used, nobody answers …).
 * All stand in the page, in the reader's language, and this shows one of them and puts in what it
 * says: names and texts of people only ever as text, each in a direction of its own.
 */

/** @typedef {string | string[] | boolean | Node[]} Value */

/**
 * Show one face of the page and hide the others.
 * @param {string} name
 * @param {Record<string, Value>} [values]
 */
export function show(name, values = {}) {
  for (const face of document.querySelectorAll("[data-stage]")) {
    if (!(face instanceof HTMLElement)) continue;
    const isShown = face.dataset.stage === name;
    const isNews = isShown && face.hidden;
    if (isShown) fill(face, values);
    face.hidden = !isShown;
    if (isNews) focusOn(face);
  }
}

/** Name the face that is shown. */
export function shownFace() {
  const face = document.querySelector("[data-stage]:not([hidden])");
  return face instanceof HTMLElement ? (face.dataset.stage ?? "") : "";
}

/** Let a screen reader begin with the heading of what has come up. @param {HTMLElement} face */
function focusOn(face) {
  const heading = face.querySelector("h1[tabindex]");
  if (heading instanceof HTMLElement) heading.focus();
}

/**
 * Put values where they belong: `data-slot` takes one or a list, `data-say` a sentence with names
 * in it, `data-if` is there or not.
 * @param {ParentNode} root
 * @param {Record<string, Value>} values
 */
export function fill(root, values) {
  for (const place of root.querySelectorAll("[data-say]")) {
    say(place, place.getAttribute("data-say") ?? "", values);
  }
  for (const place of root.querySelectorAll("[data-if]")) {
    const value = values[place.getAttribute("data-if") ?? ""];
    if (value !== undefined) place.toggleAttribute("hidden", isNothing(value));
  }
  // last, because what is put into a slot has been filled already
  for (const place of root.querySelectorAll("[data-slot]")) put(place, values);
}

/** @param {Value} value */
function isNothing(value) {
  return Array.isArray(value) ? value.length === 0 : !value;
}

/** @param {Element} place @param {Record<string, Value>} values */
function put(place, values) {
  const value = values[place.getAttribute("data-slot") ?? ""];
  if (typeof value === "string") place.textContent = value;
  if (!Array.isArray(value)) return;
  const parts = value.map((one) => (one instanceof Node ? one : item(one)));
  place.replaceChildren(...parts);
}

/** @param {string} text */
function item(text) {
  const line = document.createElement("li");
  line.append(apart(text));
  return line;
}

/** @param {string} text */
function apart(text) {
  const own = document.createElement("bdi");
  own.textContent = text;
  return own;
}

/**
 * Say a sentence with the words of people put in, each kept from turning the words around.
 * @param {Element} place
 * @param {string} sentence such as "{by} invites you."
 * @param {Record<string, Value>} values
 */
export function say(place, sentence, values) {
  const parts = sentence.split(/\{([a-z_]+)\}/);
  const said = parts.map((part, at) => {
    const value = values[part];
    return at % 2 === 1 && typeof value === "string" ? apart(value) : part;
  });
  place.replaceChildren(...said);
}
