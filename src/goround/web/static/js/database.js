/**
 * The one database of a browser, and how it is spoken to: a transaction is a function that awaits
 * nothing but this database, and either all of it is written or nothing. Whoever finds it full,
 * missing or blocked is told so in a sentence.
 */

import { GoroundError } from "./errors.js";
import { _ } from "./sentences.js";

const NAME = "goround";
const VERSION = 1;

/** @type {Promise<IDBDatabase> | null} */
let opened = null;

/** @param {IDBDatabase} database */
function build(database) {
  database.createObjectStore("devices", { keyPath: "collective" });
  const events = database.createObjectStore("events", { keyPath: "row", autoIncrement: true });
  events.createIndex("of", "collective");
  events.createIndex("id", ["collective", "id"], { unique: true });
  events.createIndex("place", ["collective", "device", "seq"]);
  database.createObjectStore("tips", { keyPath: "collective" });
  const outbox = database.createObjectStore("outbox", { keyPath: "row", autoIncrement: true });
  outbox.createIndex("of", "collective");
  database.createObjectStore("invitations", { keyPath: ["collective", "key"] });
  database.createObjectStore("notes", { keyPath: ["collective", "name"] });
}

/** @returns {Promise<IDBDatabase>} */
function open() {
  opened ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, VERSION);
    asked.onupgradeneeded = () => build(asked.result);
    asked.onerror = () => reject(asked.error);
    asked.onsuccess = () => {
      asked.result.onversionchange = () => closed(asked.result);
      asked.result.onclose = () => closed(asked.result);
      resolve(asked.result);
    };
  });
  opened.catch(() => {
    opened = null;
  });
  return opened;
}

/** @param {IDBDatabase} database */
function closed(database) {
  database.close();
  opened = null;
}

/**
 * Wait for one request of a transaction.
 * @template T
 * @param {IDBRequest<T>} asked
 * @returns {Promise<T>}
 */
export function answered(asked) {
  return new Promise((resolve, reject) => {
    asked.onsuccess = () => resolve(asked.result);
    asked.onerror = () => reject(asked.error);
  });
}

/**
 * Do something in one transaction, and return when it is on the disk.
 * @template T
 * @param {string[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: string) => IDBObjectStore) => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function transact(stores, mode, work) {
  try {
    return await attempt(await open(), stores, mode, work);
  } catch (error) {
    throw error instanceof DOMException ? plainly(error) : error;
  }
}

/**
 * @template T
 * @param {IDBDatabase} database
 * @param {string[]} stores
 * @param {IDBTransactionMode} mode
 * @param {(store: (name: string) => IDBObjectStore) => Promise<T>} work
 * @returns {Promise<T>}
 */
async function attempt(database, stores, mode, work) {
  const transaction = database.transaction(stores, mode, { durability: "strict" });
  const done = new Promise((resolve, reject) => {
    transaction.oncomplete = resolve;
    transaction.onabort = () => reject(transaction.error ?? new DOMException("", "AbortError"));
  });
  done.catch(() => {}); // it is awaited below, unless the work has failed before
  try {
    const result = await work((name) => transaction.objectStore(name));
    await done;
    return result;
  } catch (error) {
    undo(transaction);
    throw error;
  }
}

/** @param {IDBTransaction} transaction */
function undo(transaction) {
  try {
    transaction.abort();
  } catch {
    // it is over already: then nothing of it was written, or it failed by itself
  }
}

/** @param {DOMException} error */
function plainly(error) {
  if (error.name === "QuotaExceededError") {
    return new GoroundError(_("This browser has no room left: nothing was said, nothing sent."));
  }
  return new GoroundError(
    _("This browser lets nothing be kept here ({why}). A private window often does that.", {
      why: error.name,
    }),
  );
}
