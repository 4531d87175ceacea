/**
 * What two replicas say to each other, as text: a line that says what it is, followed by a bundle
 * where events travel with it. This browser always asks, and the node answers. Rules S1 to S5 of
 * docs/protocol.md.
 */

import { readBundle, writeBundle } from "./bundle.js";
import { NotANode } from "./errors.js";

const FORMAT = "goround/sync/1";
export const MOST_EVENTS = 2000;
const LARGEST_BATCH = 4 * 1024 * 1024;

/** @typedef {import("./graph.js").Vector} Vector */

/** @param {string} collective @param {...unknown} fields */
function first(collective, ...fields) {
  return `${JSON.stringify([FORMAT, collective, ...fields])}\n`;
}

/**
 * Ask: is this what you hold?
 * @param {string} collective
 * @param {string} digest
 */
export function isThis(collective, digest) {
  return first(collective, "digest", digest);
}

/**
 * Ask for what somebody with these landmarks lacks, after the first `skip` of it.
 * @param {string} collective
 * @param {Vector} landmarks
 * @param {number} skip
 */
export function want(collective, landmarks, skip) {
  return first(collective, "want", "", landmarks, [], skip);
}

/**
 * Hand over what the other lacks: as many of these as one message may hold.
 * @param {string} collective
 * @param {import("./event.js").Event[]} events
 * @returns {Promise<{message: string, count: number}>}
 */
export async function give(collective, events) {
  let size = 0;
  const taken = events.slice(0, MOST_EVENTS).filter(({ header, content }) => {
    const fits = size < LARGEST_BATCH;
    size += header.length + 3 * content.length;
    return fits;
  });
  const message = first(collective, "give") + (await writeBundle(collective, taken));
  return { message, count: taken.length };
}

/**
 * Read what the node answered to a `want`, with every event in it checked.
 * @param {string} collective
 * @param {string} text
 * @returns {Promise<{landmarks: Vector, events: import("./event.js").Event[]}>}
 */
export async function readHave(collective, text) {
  const [line, rest] = parted(text);
  const landmarks = readFirst(collective, line, "have")[4];
  const bundle = await readBundle(rest);
  if (bundle.collective !== collective) throw new NotANode();
  return { landmarks: isVector(landmarks) ? landmarks : {}, events: bundle.events };
}

/**
 * Read what the node answered to a `give`: how many of it were new there.
 * @param {string} collective
 * @param {string} text
 * @returns {number}
 */
export function readKept(collective, text) {
  const count = readFirst(collective, parted(text)[0], "kept")[6];
  return Number.isSafeInteger(count) ? count : 0;
}

/** @param {string} text @returns {[string, string]} */
function parted(text) {
  const end = text.indexOf("\n") + 1;
  return [text.slice(0, end), text.slice(end)];
}

/** @param {string} collective @param {string} line @param {string} kind @returns {any[]} */
function readFirst(collective, line, kind) {
  let read;
  try {
    read = JSON.parse(line);
  } catch {
    throw new NotANode();
  }
  const fits = Array.isArray(read) && read[0] === FORMAT && read[1] === collective;
  if (!fits || read[2] !== kind) throw new NotANode();
  return read;
}

/** @param {unknown} value */
function isVector(value) {
  return typeof value === "object" && value !== null && Object.values(value).every(Array.isArray);
}
