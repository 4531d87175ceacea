/**
 * What this browser keeps of each collective: the key that it signs with, the whole log in the
 * order in which it came, what has yet to be sent, and the secrets of invitations made here. An
 * event and its place among what has to be sent are written in one transaction, before anything is
 * sent, and only at the end of the chain as it is then: so no chain ever parts.
 */

import { answered, transact } from "./database.js";
import { Refused } from "./errors.js";
import { encodeLine } from "./event.js";
import { newKey } from "./keys.js";
import { all, append, read, readTips } from "./ledger.js";
import { forgetSeen } from "./seen.js";
import { _ } from "./sentences.js";

export {
  invitationSeed,
  keepInvitation,
  newInvitation,
  note,
  noteHere,
  setNote,
} from "./secrets.js";

/**
 * @typedef {import("./event.js").Event} Event
 * @typedef {import("./ledger.js").Judged} Judged
 * @typedef {{collective: string, device: string, key: CryptoKey}} Device
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
    await addDevice(store, { collective, device: signer.device, key: signer.key });
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
    addDevice(store, { collective, device, key }),
  );
}

/** @param {import("./ledger.js").Stores} store @param {Device} device */
async function addDevice(store, device) {
  if (await answered(store("devices").get(device.collective))) {
    throw new Refused(_("This browser speaks for somebody in this collective already."));
  }
  await answered(store("devices").add(device));
}

/**
 * Forget everything about a collective, the key included: this browser is no device of it any more.
 * @param {string} collective
 */
export async function forget(collective) {
  await transact(ALL, "readwrite", async (store) => {
    const from = IDBKeyRange.bound([collective], [collective, []]);
    await answered(store("devices").delete(collective));
    await answered(store("tips").delete(collective));
    await answered(store("invitations").delete(from));
    await answered(store("notes").delete(from));
    await empty(store("events").index("of"), collective);
    await empty(store("outbox").index("of"), collective);
  });
  await forgetSeen(collective);
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
 * What rests on something unknown is left out; where one lies about its parents, nothing is kept,
 * nor where this browser is no device any more, because its storage was emptied under an open tab.
 * @param {string} collective
 * @param {Judged[]} events
 * @returns {Promise<Event[]>}
 */
export function take(collective, events) {
  return transact(["devices", "events", "tips"], "readwrite", async (store) => {
    if (!(await answered(store("devices").get(collective)))) return [];
    return append(store, collective, events);
  });
}

/**
 * Give all events that came after a row, in the order in which they came: parents first.
 * @param {string} collective
 * @param {number} [after]
 * @returns {Promise<(Judged & {row: number})[]>}
 */
export function events(collective, after = 0) {
  return transact(["events"], "readonly", async (store) => {
    if (after === 0) return all(store, collective);
    const rows = await answered(store("events").getAll(IDBKeyRange.lowerBound(after, true)));
    return rows.filter((row) => row.collective === collective).map(read);
  });
}

/**
 * Count the events that are here.
 * @param {string} collective
 * @returns {Promise<number>}
 */
export function count(collective) {
  return transact(["events"], "readonly", (store) =>
    answered(store("events").index("of").count(collective)),
  );
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
 * Drop the words of events that were erased, for good, also of what waits to be sent; what was done
 * stays (F14).
 * @param {string} collective
 * @param {string[]} ids
 */
export async function eraseWords(collective, ids) {
  const isNew = await transact(["events", "outbox"], "readwrite", async (store) => {
    const dropped = new Map();
    for (const id of ids) {
      const row = await answered(store("events").index("id").get([collective, id]));
      if (!row || row.erased) continue;
      const bare = { ...row, salt: "", content: "", erased: true };
      await answered(store("events").put(bare));
      dropped.set(id, encodeLine(bare));
    }
    const waiting = dropped.size ? store("outbox").index("of").getAll(collective) : null;
    for (const row of waiting ? await answered(waiting) : []) {
      const line = dropped.get(row.id);
      if (line) await answered(store("outbox").put({ ...row, line }));
    }
    return dropped.size > 0;
  });
  if (isNew) await forgetSeen(collective); // they may stand on any page that was seen
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
