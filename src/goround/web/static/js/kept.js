/**
 * What this browser keeps of each collective: the key that it signs with, the whole log in the
 * order in which it came, what has yet to be sent, and the secrets of invitations made here. An
 * event and its place among what has to be sent are written in one transaction, before anything is
 * sent, and only at the end of the chain as it is then: so no chain ever parts.
 */

import { answered, transact } from "./database.js";
import { encodeLine } from "./event.js";
import { checkFit, MissingParents } from "./graph.js";
import { decodeHeader } from "./header.js";
import { newKey, newSeed, keyOf } from "./keys.js";
import { follow, noTips, tipsOf } from "./tips.js";

/**
 * @typedef {import("./event.js").Event} Event
 * @typedef {Event & {proved: boolean}} Judged an event, and whether the proof inside it holds
 * @typedef {{collective: string, device: string, key: CryptoKey}} Device
 * @typedef {(name: string) => IDBObjectStore} Stores
 */

const ALL = ["devices", "events", "tips", "outbox", "invitations", "notes"];

// ---------------------------------------------------------------------------------------- devices

/**
 * Give the device that this browser signs with in a collective, or null.
 * @param {string} collective
 * @returns {Promise<Device | null>}
 */
export async function deviceOf(collective) {
  const found = await transact(["devices"], "readonly", (store) =>
    answered(store("devices").get(collective)),
  );
  return found ?? null;
}

/**
 * Make a key, which nobody can read; nothing is kept yet.
 * @returns {Promise<{key: CryptoKey, device: string}>}
 */
export function newDevice() {
  return newKey();
}

/**
 * List the collectives of this browser, with the name that each was last shown under.
 * @returns {Promise<{collective: string, device: string, name: string}[]>}
 */
export function collectives() {
  return transact(["devices", "notes"], "readonly", async (store) => {
    const devices = await answered(store("devices").getAll());
    const named = devices.map(async ({ collective, device }) => {
      const note = await answered(store("notes").get([collective, "name"]));
      return { collective, device, name: note?.value ?? "" };
    });
    return Promise.all(named);
  });
}

/**
 * Keep a device together with the first thing that it signed. What rests on events that are not
 * here yet is kept to be sent alone; it comes again with them.
 * @param {{key: CryptoKey, device: string}} signer
 * @param {Judged} event
 */
export function keepFirst(signer, event) {
  const { collective } = event;
  return transact(["devices", "events", "tips", "outbox"], "readwrite", async (store) => {
    await answered(store("devices").add({ collective, device: signer.device, key: signer.key }));
    if (event.head.collective === "") await append(store, collective, [event]);
    await answered(store("outbox").add({ collective, id: event.id, line: encodeLine(event) }));
  });
}

/**
 * Keep a device that another one of the same person added.
 * @param {Device} device
 */
export async function keepDevice({ collective, device, key }) {
  await transact(["devices"], "readwrite", (store) =>
    answered(store("devices").add({ collective, device, key })),
  );
}

/**
 * Forget everything about a collective, the key included: this browser is no device of it any more.
 * @param {string} collective
 */
export function forget(collective) {
  return transact(ALL, "readwrite", async (store) => {
    const from = IDBKeyRange.bound([collective], [collective, []]);
    await answered(store("devices").delete(collective));
    await answered(store("tips").delete(collective));
    await answered(store("invitations").delete(from));
    await answered(store("notes").delete(from));
    await empty(store("events").index("of"), collective);
    await empty(store("outbox").index("of"), collective);
  });
}

/** @param {IDBIndex} index @param {string} collective */
async function empty(index, collective) {
  for (const row of await answered(index.getAllKeys(collective))) {
    await answered(index.objectStore.delete(row));
  }
}

// ----------------------------------------------------------------------------------------- events

/**
 * Give where this browser stands in a collective.
 * @param {string} collective
 * @returns {Promise<import("./tips.js").Tips>}
 */
export function tips(collective) {
  return transact(["tips", "devices"], "readonly", (store) => readTips(store, collective));
}

/** @param {Stores} store @param {string} collective */
async function readTips(store, collective) {
  const device = await answered(store("devices").get(collective));
  const found = await answered(store("tips").get(collective));
  return found ?? noTips(collective, device?.device ?? "");
}

/**
 * Keep an event that was signed here, and that it has to be sent; false where the chain has gone on
 * meanwhile, so that the event has to be made anew. Nothing is kept then.
 * @param {Judged} event
 * @returns {Promise<boolean>}
 */
export function keepSigned(event) {
  const { collective, id } = event;
  const stores = ["devices", "events", "tips", "outbox"];
  return transact(stores, "readwrite", async (store) => {
    const known = await readTips(store, collective);
    const [own] = known.branches[known.device] ?? [];
    if ((own?.[1] ?? "") !== event.head.prev || known.device !== event.head.device) return false;
    await append(store, collective, [event]);
    await answered(store("outbox").add({ collective, id, line: encodeLine(event) }));
    return true;
  });
}

/**
 * Keep events that came from elsewhere, genuine ones, parents first; return those that were new.
 * What rests on something unknown is left out; where one lies about its parents, nothing is kept.
 * @param {string} collective
 * @param {Judged[]} events
 * @returns {Promise<Event[]>}
 */
export function take(collective, events) {
  return transact(["devices", "events", "tips"], "readwrite", (store) =>
    append(store, collective, events),
  );
}

/** @param {Stores} store @param {string} collective @param {Judged[]} events */
async function append(store, collective, events) {
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

/** @param {Stores} store @param {string} collective @returns {Promise<Judged[]>} */
async function all(store, collective) {
  const rows = await answered(store("events").index("of").getAll(collective));
  return rows.map(read);
}

/** @param {any} row @returns {Judged & {row: number}} */
function read(row) {
  return { ...row, head: decodeHeader(row.header) };
}

/**
 * Give all events that came after a row, in the order in which they came: parents first.
 * @param {string} collective
 * @param {number} [after]
 * @returns {Promise<(Judged & {row: number})[]>}
 */
export function events(collective, after = 0) {
  return transact(["events"], "readonly", async (store) => {
    if (after === 0) return /** @type {any} */ (await all(store, collective));
    const rows = await answered(store("events").getAll(IDBKeyRange.lowerBound(after, true)));
    return rows.filter((row) => row.collective === collective).map(read);
  });
}

/**
 * Give one event, or null.
 * @param {string} collective
 * @param {string} id
 * @returns {Promise<Judged | null>}
 */
export async function event(collective, id) {
  const row = await transact(["events"], "readonly", (store) =>
    answered(store("events").index("id").get([collective, id])),
  );
  return row ? read(row) : null;
}

/**
 * Give the ids at some places of a device's chain.
 * @param {string} collective
 * @param {string} device
 * @param {number[]} seqs
 * @returns {Promise<[number, string][]>}
 */
export function places(collective, device, seqs) {
  return transact(["events"], "readonly", async (store) => {
    const index = store("events").index("place");
    /** @type {[number, string][]} */
    const found = [];
    for (const seq of seqs) {
      const row = await answered(index.get([collective, device, seq]));
      if (row) found.push([seq, row.id]);
    }
    return found;
  });
}

/**
 * Drop the words of events that were erased, for good; what was done stays (F14).
 * @param {string} collective
 * @param {string[]} ids
 */
export function eraseWords(collective, ids) {
  return transact(["events"], "readwrite", async (store) => {
    for (const id of ids) {
      const row = await answered(store("events").index("id").get([collective, id]));
      if (!row || row.erased) continue;
      await answered(store("events").put({ ...row, salt: "", content: "", erased: true }));
    }
  });
}

// ----------------------------------------------------------------------------- what has to be sent

/**
 * Give what has yet to be sent, in the order in which it was signed.
 * @param {string} collective
 * @returns {Promise<{row: number, id: string, line: string}[]>}
 */
export function outbox(collective) {
  return transact(["outbox"], "readonly", (store) =>
    answered(store("outbox").index("of").getAll(collective)),
  );
}

/**
 * Note that these have arrived.
 * @param {number[]} rows
 */
export function sent(rows) {
  return transact(["outbox"], "readwrite", async (store) => {
    for (const row of rows) await answered(store("outbox").delete(row));
  });
}

// --------------------------------------------------------------------------- invitations and notes

/**
 * Make the key of an invitation, keep its secret, and return its public half.
 * @param {string} collective
 * @returns {Promise<string>}
 */
export async function newInvitation(collective) {
  const seed = newSeed();
  const { device } = await keyOf(seed);
  await keepInvitation(collective, device, seed);
  return device;
}

/**
 * Keep the secret of an invitation, so that its link can be shown.
 * @param {string} collective
 * @param {string} key
 * @param {Uint8Array} seed
 */
export async function keepInvitation(collective, key, seed) {
  await transact(["invitations"], "readwrite", (store) =>
    answered(store("invitations").put({ collective, key, seed })),
  );
}

/**
 * Give the secret of an invitation that was made in this browser, or null.
 * @param {string} collective
 * @param {string} key
 * @returns {Promise<Uint8Array | null>}
 */
export async function invitationSeed(collective, key) {
  const found = await transact(["invitations"], "readonly", (store) =>
    answered(store("invitations").get([collective, key])),
  );
  return found?.seed ?? null;
}

/**
 * Note something about a collective in this browser alone.
 * @param {string} collective
 * @param {string} name
 * @param {unknown} value
 */
export async function setNote(collective, name, value) {
  await transact(["notes"], "readwrite", (store) =>
    answered(store("notes").put({ collective, name, value })),
  );
}

/**
 * Give what was noted, or null.
 * @param {string} collective
 * @param {string} name
 * @returns {Promise<any>}
 */
export async function note(collective, name) {
  const found = await transact(["notes"], "readonly", (store) =>
    answered(store("notes").get([collective, name])),
  );
  return found?.value ?? null;
}
