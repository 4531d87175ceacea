/**
 * The header is the part of an event that is hashed, signed and kept for ever. It has exactly one
 * spelling, which JSON.stringify writes: whatever does not come out again as it went in is refused,
 * so that no two programs can read different things from it. Rules F1 to F9 of docs/format.md.
 */

import { isId } from "./encoding.js";
import { NotGenuine } from "./errors.js";

export const FORMAT = "goround/1";
export const MOST_SEEN = 64;
export const LARGEST_CONTENT = 256 * 1024;
const LARGEST_HEADER = 8 * 1024;
const DEEPEST = 8;
const PRINTABLE = /^[\x20-\x7e]*$/;
const KEY = /^[a-z][a-z_]*$/;
const TYPES = [
  ...["string", "string", "string", "number", "string", "seen"],
  ...["number", "number", "act", "string", "number"],
];

/**
 * The eleven fields, in this order (F2).
 * @typedef {object} Header
 * @property {string} format
 * @property {string} collective
 * @property {string} device
 * @property {number} seq
 * @property {string} prev
 * @property {string[]} seen
 * @property {number} lamport
 * @property {number} at
 * @property {Record<string, any> & {type: string}} act
 * @property {string} commit
 * @property {number} size
 */

/**
 * Write a header in its one spelling; nothing is checked.
 * @param {Header} header
 * @returns {string}
 */
export function encodeHeader(header) {
  const { format, collective, device, seq, prev, seen, lamport, at, act, commit, size } = header;
  return JSON.stringify([
    ...[format, collective, device, seq, prev, seen],
    ...[lamport, at, act, commit, size],
  ]);
}

/**
 * Read a header, or throw NotGenuine with a rule of syntax that it breaks.
 * @param {string} raw
 * @returns {Header}
 */
export function decodeHeader(raw) {
  if (raw.length > LARGEST_HEADER) {
    throw new NotGenuine("header-size", "A header is larger than 8 KiB."); // F1
  }
  if (!PRINTABLE.test(raw)) {
    throw new NotGenuine("not-ascii", "A header has letters beside printable ASCII."); // F1
  }
  const fields = read(raw);
  checkNumbers(fields);
  checkShape(fields);
  const header = named(fields);
  checkAct(header.act);
  checkFields(header);
  if (encodeHeader(header) !== raw) throw notCanonical(); // F3
  return header;
}

/** @param {string} raw */
function read(raw) {
  try {
    return JSON.parse(raw);
  } catch {
    throw new NotGenuine("not-json", "A header is not JSON."); // F2
  }
}

function notCanonical() {
  return new NotGenuine("not-canonical", "A header is not written in its one spelling.");
}

/** @param {unknown} value */
function checkNumbers(value, depth = 0) {
  if (typeof value === "number" && !(Number.isSafeInteger(value) && value >= 0)) {
    throw notCanonical(); // F3: a number without a spelling comes before a wrong type
  }
  if (typeof value !== "object" || value === null) return;
  if (depth > DEEPEST) throw tooDeep();
  for (const inner of Object.values(value)) checkNumbers(inner, depth + 1);
}

/** @param {unknown} fields */
function checkShape(fields) {
  const fits =
    Array.isArray(fields) &&
    fields.length === TYPES.length &&
    fields.every((field, place) => isOf(field, TYPES[place]));
  if (!fits) {
    throw new NotGenuine("shape", "A header is not a list of eleven fields of the right types.");
  }
}

/** @param {unknown} field @param {string} type */
function isOf(field, type) {
  if (type === "act") return isObject(field);
  if (type !== "seen") return typeof field === type;
  return Array.isArray(field) && field.every((name) => typeof name === "string");
}

/** @param {unknown} value */
function isObject(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {any[]} fields @returns {Header} */
function named(fields) {
  const [format, collective, device, seq, prev, seen, lamport, at, act, commit, size] = fields;
  return { format, collective, device, seq, prev, seen, lamport, at, act, commit, size };
}

/** @param {Record<string, unknown>} act */
function checkAct(act) {
  checkValue(act, 0); // first: JavaScript has moved a key such as "1" to the front
  if (Object.keys(act)[0] !== "type" || typeof act.type !== "string") {
    throw new NotGenuine("act", 'An act does not begin with its "type".'); // F4
  }
}

/** @param {unknown} value @param {number} depth */
function checkValue(value, depth) {
  if (typeof value === "string" && !PRINTABLE.test(value)) {
    throw new NotGenuine("string", "An act holds a string that is not printable ASCII."); // F4
  }
  if (value === null) throw new NotGenuine("null", "An act holds a null."); // F4
  if (typeof value !== "object") return;
  if (depth === DEEPEST) throw tooDeep();
  for (const [key, inner] of Object.entries(value)) {
    if (!Array.isArray(value) && !KEY.test(key)) {
      throw new NotGenuine("key", "A key is not made of small letters and underscores."); // F4
    }
    checkValue(inner, depth + 1);
  }
}

function tooDeep() {
  return new NotGenuine("depth", `An act is nested deeper than ${DEEPEST} levels.`); // F4
}

/** @param {Header} header */
function checkFields(header) {
  if (header.format !== FORMAT) {
    throw new NotGenuine("format", 'A header does not begin with "goround/1".'); // F2
  }
  checkIds(header);
  checkPlace(header);
  if (header.size > LARGEST_CONTENT) {
    throw new NotGenuine("content-size", "Content is larger than 256 KiB."); // F9
  }
  if ((header.commit === "") !== (header.size === 0)) {
    throw new NotGenuine("commit", "Content has a commitment, or a size, but not both."); // F9
  }
}

/** @param {Header} header */
function checkIds(header) {
  const { device, collective, prev, commit } = header;
  for (const [field, id] of Object.entries({ device, collective, prev, commit })) {
    if (!isId(id) && (id !== "" || field === "device")) throw misspelled(field); // F6
  }
  if (!header.seen.every(isId)) throw misspelled("seen"); // F6
}

/** @param {string} field */
function misspelled(field) {
  return new NotGenuine(field, "An id is not 32 bytes in their one spelling.");
}

/** @param {Header} header */
function checkPlace(header) {
  const { seq, prev, seen, lamport, collective } = header;
  if ((seq === 0) !== (prev === "")) {
    throw new NotGenuine("prev", "An event is the first of its chain, or follows one."); // F7
  }
  if (seen.length > MOST_SEEN || seen.some((id, at) => at > 0 && !(seen[at - 1] < id))) {
    throw new NotGenuine("seen", "The events named as seen are too many, or not in order."); // F7
  }
  if (collective === "" && (seq !== 0 || seen.length > 0)) {
    throw new NotGenuine("collective", "Only a founding event names no collective."); // F7
  }
  if (collective !== "" && prev === "" && seen.length === 0) {
    throw new NotGenuine("rootless", "An event that founds nothing rests on no other."); // F7
  }
  if (collective === "" ? lamport !== 1 : lamport < 2) {
    throw new NotGenuine("lamport", "Only a founding event can be the first."); // F8
  }
}
