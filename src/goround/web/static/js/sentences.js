/**
 * Every sentence that a script shows to people goes through here, so that a catalogue can put it
 * into another language; what varies stands in it by name, as in "{name} joins".
 */

/** @type {Record<string, string>} */
let catalogue = {};

/**
 * Use the sentences of another language from now on.
 * @param {Record<string, string>} translated
 */
export function speak(translated) {
  catalogue = translated;
}

/**
 * Give a sentence in the reader's language, with its names filled in.
 * @param {string} sentence
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function _(sentence, values = {}) {
  const said = Object.hasOwn(catalogue, sentence) ? catalogue[sentence] : sentence;
  return said.replace(/\{([a-z_]+)\}/g, (whole, name) =>
    Object.hasOwn(values, name) ? String(values[name]) : whole,
  );
}

/**
 * Give the sentence that fits a number; `{number}` stands for it.
 * @param {string} one
 * @param {string} many
 * @param {number} number
 * @param {Record<string, unknown>} [values]
 * @returns {string}
 */
export function ngettext(one, many, number, values = {}) {
  return _(number === 1 ? one : many, { number, ...values });
}
