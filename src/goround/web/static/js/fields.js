/**
 * What somebody typed and chose in a form, as an act and the words that go with it. The name of a
 * field says where its value goes: "stance" into the act, "words.text" among the words, and
 * "effects.0.what" into the first effect; data-type says how it is read.
 */

const DAY = 24 * 60 * 60 * 1000;
/** Rows of effects that are left out where this was left empty. */
const NEEDED = /** @type {Record<string, string>} */ ({
  ...{ task: "what", invite: "name", end: "agreement", erase: "event" },
});

/**
 * Read a form, sent with one of its buttons.
 * @param {HTMLFormElement} form
 * @param {HTMLElement | null} submitter
 * @returns {{act: Record<string, any>, words: Record<string, any>}}
 */
export function readForm(form, submitter) {
  const { act: type, fixed, words: said } = form.dataset;
  const words = JSON.parse(said ?? "{}");
  /** @type {Record<string, any>} */
  const act = { ...(type ? { type } : {}), ...JSON.parse(fixed ?? "{}") };
  for (const field of fieldsOf(form, submitter)) {
    const value = valueOf(field);
    if (value === undefined || field.dataset.was === field.value) continue;
    const [first, ...rest] = field.name.split(".");
    if (first === "words") set(words, rest, value, field);
    else set(act, [first, ...rest], value, field);
  }
  if (Array.isArray(act.effects)) act.effects = act.effects.filter(isFilled);
  return { act, words };
}

/**
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement | HTMLButtonElement} Field
 */

/** @param {HTMLFormElement} form @param {HTMLElement | null} submitter @returns {Field[]} */
function fieldsOf(form, submitter) {
  const listed = /** @type {Field[]} */ ([...form.elements]);
  return listed.filter(
    (field) =>
      field.name &&
      !field.matches(":disabled, fieldset, output") &&
      (field === submitter || !field.matches("button, input[type=submit], input[type=image]")),
  );
}

/** @param {Field} field */
function valueOf(field) {
  const isBox = field instanceof HTMLInputElement && ["checkbox", "radio"].includes(field.type);
  const type = field.dataset.type;
  if (type === "list" && isBox) return field.checked ? field.value : null;
  if (type === "bool" && isBox && field.type === "checkbox") return field.checked;
  if (isBox && !field.checked) return undefined;
  const text = field.value.trim();
  if (type === "date") return text === "" ? 0 : endOf(text);
  if (text === "") return undefined;
  if (type === "int") return Number(text);
  return type === "bool" ? text === "true" : text;
}

/** A day lasts until its last second (UTC), as in the terminal. @param {string} day */
function endOf(day) {
  return Date.parse(`${day}T00:00:00Z`) + DAY - 1000;
}

/** @param {any} whole @param {string[]} path @param {unknown} value @param {Field} field */
function set(whole, path, value, field) {
  const [first, ...rest] = path;
  if (rest.length > 0) {
    whole[first] ??= /^\d+$/.test(rest[0]) ? [] : {};
    set(whole[first], rest, value, field);
  } else if (field.dataset.type === "list") {
    whole[first] = [...(whole[first] ?? []), ...(value === null ? [] : [value])];
  } else {
    whole[first] = value;
  }
}

/** @param {Record<string, any>} effect */
function isFilled(effect) {
  if (!effect?.do) return false; // a box that was not ticked
  return !Object.hasOwn(NEEDED, effect.do) || effect[NEEDED[effect.do]] !== undefined;
}
