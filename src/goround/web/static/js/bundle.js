/**
 * Events as lines of text: the form in which they travel, by file and by wire. A bundle is read as
 * a whole or not at all: its last line counts the events and hashes everything before it, so one
 * that was cut short or damaged gives nothing. Rules F22 and F33 to F36 of docs/format.md.
 */

import { bytes, hash, isId } from "./encoding.js";
import { NotGenuine } from "./errors.js";
import { checkSignature, decodeLine, encodeLine } from "./event.js";

const FORMAT = "goround/bundle/1";
const FEW = 200;

/** @typedef {import("./event.js").Event} Event */

/**
 * Write lines, each ended by one LF; events are expected parents first (F33).
 * @param {string} collective
 * @param {Iterable<{header: string, signature: string, salt: string, content: string}>} events
 * @returns {Promise<string>}
 */
export async function writeBundle(collective, events) {
  const lines = [...events].map(encodeLine);
  const body = [`${JSON.stringify([FORMAT, collective])}\n`, ...lines].join("");
  return `${body}${JSON.stringify([lines.length, await hash(bytes(body))])}\n`;
}

/**
 * Read all lines of a bundle, or throw NotGenuine: nothing of a damaged one is used (F35).
 * @param {string} text
 * @returns {Promise<{collective: string, events: Event[]}>}
 */
export async function readBundle(text) {
  const lines = text.split("\n");
  if (lines.pop() !== "" || lines.length < 2) throw cut();
  const [first, last] = [lines[0], lines[lines.length - 1]];
  const collective = readFirst(first);
  const body = text.slice(0, text.length - last.length - 1);
  await checkLast(last, lines.length - 2, body);
  const events = [];
  for (const line of lines.slice(1, -1)) events.push(await decodeLine(line));
  checkTogether(collective, events);
  await checkHistory(events);
  return { collective, events };
}

function cut() {
  return new NotGenuine("bundle-cut", "What came has been cut short.");
}

/** @param {string} line @returns {any} */
function parsed(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

/** @param {string} line @returns {string} */
function readFirst(line) {
  const read = parsed(line);
  if (!Array.isArray(read) || read.length !== 2 || read[0] !== FORMAT || !isId(read[1])) {
    throw new NotGenuine("bundle", "This is not a bundle.");
  }
  return read[1];
}

/** @param {string} line @param {number} count @param {string} body */
async function checkLast(line, count, body) {
  const read = parsed(line);
  if (!Array.isArray(read) || read.length !== 2 || !Number.isSafeInteger(read[0])) throw cut();
  if (read[0] !== count || read[1] !== (await hash(bytes(body)))) {
    throw new NotGenuine("bundle-damaged", "What came has been damaged on its way.");
  }
}

/** @param {string} collective @param {Event[]} events */
function checkTogether(collective, events) {
  const position = new Map(events.map((event, at) => [event.id, at]));
  if (position.size !== events.length) {
    throw new NotGenuine("bundle-order", "A bundle holds an event twice.");
  }
  for (const [at, event] of events.entries()) {
    if (event.collective !== collective) {
      throw new NotGenuine("foreign", "A bundle holds an event of another collective.");
    }
    const parents = [event.head.prev, ...event.head.seen];
    if (parents.some((parent) => (position.get(parent) ?? -1) > at)) {
      throw new NotGenuine("bundle-order", "A bundle holds an event before one that it follows.");
    }
  }
}

/**
 * Check signatures: of few events each, of many the newest of each branch, which vouches through
 * the hashes for all before it (F22).
 * @param {Event[]} events
 */
export async function checkHistory(events) {
  const known = new Map(events.map((event) => [event.id, event.head]));
  const followed = new Set(events.map((event) => event.head.prev));
  for (const { head } of events) {
    const prev = known.get(head.prev);
    if (prev && (prev.device !== head.device || prev.seq + 1 !== head.seq)) {
      throw new NotGenuine("chain", "An event does not follow its device's one before."); // F18
    }
  }
  const vouching = events.filter(({ id }) => events.length <= FEW || !followed.has(id));
  await Promise.all(vouching.map(checkSignature));
}
