/**
 * The log of a collective inside one transaction: events go in after their parents, each once, and
 * where the browser stands is written with them, so the two never disagree.
 */

import { answered } from "./database.js";
import { checkFit, MissingParents } from "./graph.js";
import { decodeHeader } from "./header.js";
import { follow, noTips, tipsOf } from "./tips.js";

/**
 * @typedef {import("./event.js").Event} Event
 * @typedef {Event & {proved: boolean}} Judged an event, and whether the proof inside it holds
 * @typedef {(name: string) => IDBObjectStore} Stores
 */

/**
 * Read where this browser stands in a collective.
 * @param {Stores} store
 * @param {string} collective
 * @returns {Promise<import("./tips.js").Tips>}
 */
export async function readTips(store, collective) {
  const device = await answered(store("devices").get(collective));
  const found = await answered(store("tips").get(collective));
  return found ?? noTips(collective, device?.device ?? "");
}

/**
 * Write events, parents first, and return those that were new. What rests on something unknown is
 * left out; where one lies about its parents, this throws, and the transaction keeps nothing.
 * @param {Stores} store
 * @param {string} collective
 * @param {Judged[]} events
 * @returns {Promise<Event[]>}
 */
export async function append(store, collective, events) {
  /** @type {import("./tips.js").Tips | null} */
  let standing = await readTips(store, collective);
  const device = standing.device;
  const fresh = [];
  for (const event of events) {
    if (!(await put(store, collective, event))) continue;
    fresh.push(event);
    standing = standing && follow(standing, event);
  }
  standing ??= tipsOf(collective, device, await all(store, collective));
  if (fresh.length > 0) await answered(store("tips").put(standing));
  return fresh;
}

/** @param {Stores} store @param {string} collective @param {Judged} event */
async function put(store, collective, event) {
  const index = store("events").index("id");
  const known = await answered(index.get([collective, event.id]));
  if (known) {
    await fill(store, known, event);
    return false;
  }
  const parents = await parentsOf(index, collective, event);
  try {
    checkFit(event, collective, (id) => parents.get(id));
  } catch (error) {
    if (error instanceof MissingParents) return false;
    throw error;
  }
  const { id, header, signature, salt, content, proved, head } = event;
  const { device, seq } = head;
  const row = { collective, id, device, seq, header, signature, salt, content, proved };
  await answered(store("events").add(row));
  return true;
}

/** Learn words that were missing. @param {Stores} store @param {any} known @param {Event} event */
async function fill(store, known, { salt, content }) {
  if (known.salt !== "" || salt === "" || known.erased) return;
  await answered(store("events").put({ ...known, salt, content }));
}

/** @param {IDBIndex} index @param {string} collective @param {Event} event */
async function parentsOf(index, collective, { head }) {
  const parents = new Map();
  for (const id of [head.prev, ...head.seen].filter(Boolean)) {
    const row = await answered(index.get([collective, id]));
    if (row) parents.set(id, decodeHeader(row.header));
  }
  return parents;
}

/**
 * Read everything, in the order in which it came.
 * @param {Stores} store
 * @param {string} collective
 * @returns {Promise<(Judged & {row: number})[]>}
 */
export async function all(store, collective) {
  const rows = await answered(store("events").index("of").getAll(collective));
  return rows.map(read);
}

/**
 * Read an event as it was written.
 * @param {any} row
 * @returns {Judged & {row: number}}
 */
export function read(row) {
  return { ...row, head: decodeHeader(row.header) };
}
