/**
 * Names for things are hashes and public keys: 32 bytes in 43 letters of unpadded base64url, each
 * with exactly one spelling, so that two ids are equal when their texts are (F6 of docs/format.md).
 * Here bytes become such texts and back; whatever is spelled otherwise is refused.
 */

const LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
const VALUES = new Map([...LETTERS].map((letter, value) => [letter, value]));
const ID = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const utf8 = new TextEncoder();

/**
 * Write bytes as unpadded base64url.
 * @param {Uint8Array} raw
 * @returns {string}
 */
export function encode(raw) {
  let text = "";
  for (let at = 0; at < raw.length; at += 3) {
    const bits = (raw[at] << 16) | ((raw[at + 1] ?? 0) << 8) | (raw[at + 2] ?? 0);
    const letters = Math.min(raw.length - at, 3) + 1;
    for (let place = 0; place < letters; place += 1) {
      text += LETTERS[(bits >> (18 - 6 * place)) & 63];
    }
  }
  return text;
}

/**
 * Read exactly `length` bytes from their one spelling; anything else throws a RangeError.
 * @param {string} text
 * @param {number} [length]
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function decode(text, length = 32) {
  const raw = typeof text === "string" ? bytesOf(text) : null;
  if (raw === null || raw.length !== length || encode(raw) !== text) {
    throw new RangeError(`This is not the text of ${length} bytes.`);
  }
  return raw;
}

/** @param {string} text */
function bytesOf(text) {
  const raw = new Uint8Array(Math.floor((text.length * 3) / 4));
  let bits = 0;
  let held = 0;
  let at = 0;
  for (const letter of text) {
    const value = VALUES.get(letter);
    if (value === undefined) return null;
    bits = ((bits << 6) | value) & 0xffff;
    held += 6;
    if (held < 8) continue;
    held -= 8;
    raw[at] = (bits >> held) & 0xff;
    at += 1;
  }
  return raw;
}

/**
 * Tell whether something is the one spelling of 32 bytes.
 * @param {unknown} text
 * @returns {boolean}
 */
export function isId(text) {
  return typeof text === "string" && ID.test(text);
}

/**
 * Write text as UTF-8.
 * @param {string} text
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytes(text) {
  return utf8.encode(text);
}

/**
 * Put bytes one behind the other.
 * @param {...Uint8Array} parts
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function join(...parts) {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * Hash with SHA-256, and write the hash as an id.
 * @param {...Uint8Array} parts
 * @returns {Promise<string>}
 */
export async function hash(...parts) {
  return encode(new Uint8Array(await crypto.subtle.digest("SHA-256", join(...parts))));
}

/**
 * Draw random bytes.
 * @param {number} [length]
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function chance(length = 32) {
  return crypto.getRandomValues(new Uint8Array(length));
}
