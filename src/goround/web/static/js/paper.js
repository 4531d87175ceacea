/**
 * A device on a sheet of paper: 16 secret bytes from which its key is made, written as letters for a
 * picture to scan and as words to read and type, each with a check. The same as log/paper.py (F41).
 */

import { bytes, chance, decode, encode, join } from "./encoding.js";
import { keyOf } from "./keys.js";
import { _, ngettext } from "./sentences.js";
import { WORDS } from "./words.js";

/** Letters of a strange word that are said again. */
const LONGEST = 40;
const SECRET = 16;
const MANY = SECRET + 2;

/** @typedef {{secret: Uint8Array, seed: Uint8Array, key: CryptoKey, device: string}} Paper */

/** Draw a secret, and make the key that belongs to it. @returns {Promise<Paper>} */
export function newPaper() {
  return paperOf(chance(SECRET));
}

/** @param {Uint8Array} secret @returns {Promise<string>} */
export async function paperLetters(secret) {
  return encode(await checked(secret));
}

/** @param {Uint8Array} secret @returns {Promise<string[]>} */
export async function paperWords(secret) {
  return [...(await checked(secret))].map((byte) => WORDS[byte]);
}

/**
 * Read what stands on a sheet, letters or words; null where something is misread.
 * @param {string} text
 * @returns {Promise<Paper | null>}
 */
export async function readPaper(text) {
  const raw = rawOf(text);
  if (raw?.length !== MANY) return null;
  const secret = raw.slice(0, SECRET);
  return encode(await checked(secret)) === encode(raw) ? paperOf(secret) : null;
}

/** @param {Uint8Array} secret @returns {Promise<Paper>} */
async function paperOf(secret) {
  const seed = await hashed("", secret);
  return { secret, seed, ...(await keyOf(seed)) };
}

/** @param {string} text */
function rawOf(text) {
  const words = wordsIn(text);
  if (words.length > 1) {
    const places = words.map((word) => WORDS.indexOf(word));
    return places.includes(-1) ? null : Uint8Array.from(places);
  }
  try {
    return decode(text.trim(), MANY);
  } catch {
    return null;
  }
}

/** @param {string} text */
function wordsIn(text) {
  return text
    .toLowerCase()
    .replaceAll(",", " ")
    .split(/\s+/)
    .filter((word) => word && !/^[0-9]+\.?$/.test(word)); // each has its number on the sheet
}

/**
 * Say what is wrong with the words of a sheet, as far as that can be known.
 * @param {string} text
 */
export function misread(text) {
  const words = wordsIn(text);
  const place = words.findIndex((word) => !WORDS.includes(word)) + 1;
  const told = [];
  if (words.length !== MANY) {
    const one = "A sheet has {many} words, and {number} was given.";
    const more = "A sheet has {many} words, and {number} were given.";
    told.push(ngettext(one, more, words.length, { many: MANY }));
  }
  if (place) {
    const values = { place, word: words[place - 1].slice(0, LONGEST) };
    told.push(_("Number {place}, “{word}”, is none of the words that stand on sheets.", values));
  }
  const other = _(
    "Each of these stands on sheets, but not together: one was misread, or two exchanged.",
  );
  return told.length ? told.join(" ") : other;
}

/** @param {Uint8Array} secret */
async function checked(secret) {
  return join(secret, (await hashed("check", secret)).subarray(0, MANY - SECRET));
}

/** @param {string} what @param {Uint8Array} secret */
async function hashed(what, secret) {
  const told = join(bytes(`goround/paper/1\0${what}`), secret);
  return new Uint8Array(await crypto.subtle.digest("SHA-256", told));
}
