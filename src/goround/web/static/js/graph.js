/**
 * The chains of all devices and what they have seen of each other, as one graph. An event enters
 * after its parents, and only where its header says the truth about them; nothing is ever taken
 * out, so of two histories that one device signed both stay. Rules F16 to F21, F24 to F27.
 */

import { bytes, hash } from "./encoding.js";
import { NotGenuine } from "./errors.js";
import { FOUNDING } from "./event.js";
import { MOST_SEEN } from "./header.js";
import { Columns, merge, newestIn, Past } from "./past.js";

/**
 * What the graph looks at in an event.
 * @typedef {{id: string, collective: string, head: import("./header.js").Header}} Placed
 * @typedef {Record<string, (number | string)[]>} Vector
 */

/** The events of one collective that are here, each after its parents. */
export class Graph {
  /** @param {string} collective */
  constructor(collective) {
    this.collective = collective;
    /** @type {Map<string, import("./header.js").Header>} */
    this.headers = new Map();
    /** @type {Map<string, import("./past.js").Spot>} */
    this.spots = new Map();
    this.columns = new Columns();
    /** @type {Set<string>} */
    this.open = new Set();
  }

  get size() {
    return this.headers.size;
  }

  /** @param {string} id */
  has(id) {
    return this.headers.has(id);
  }

  /**
   * Take an event in after its parents; false if it was here already. Throws NotGenuine.
   * @param {Placed} event
   * @returns {boolean}
   */
  add({ id, collective, head }) {
    if (this.has(id)) return false;
    checkFit({ collective, head }, this.collective, (name) => this.headers.get(name));
    const prev = this.spots.get(head.prev);
    const column = this.#columnAfter(head, prev);
    this.spots.set(id, {
      ...{ device: head.device, column: column.number, seq: head.seq, lamport: head.lamport },
      seen: this.#seenBy(head, prev, column.number),
    });
    column.ids.push(id);
    this.headers.set(id, head);
    for (const parent of parentsOf(head)) this.open.delete(parent);
    this.open.add(id);
    return true;
  }

  /** @param {import("./header.js").Header} head @param {import("./past.js").Spot} [prev] */
  #columnAfter(head, prev) {
    if (!prev) return this.columns.open(head.device, 0, -1);
    const column = this.columns.every[prev.column];
    if (newestIn(column) === prev.seq) return column;
    return this.columns.open(head.device, head.seq, prev.column);
  }

  /**
   * @param {import("./header.js").Header} head
   * @param {import("./past.js").Spot | undefined} prev
   * @param {number} column
   */
  #seenBy(head, prev, column) {
    if (prev && head.seen.length === 0 && prev.column === column) return prev.seen;
    return merge(this.#spotsOf(parentsOf(head)));
  }

  /** @param {Iterable<string>} ids */
  #spotsOf(ids) {
    return [...ids].map((id) => /** @type {import("./past.js").Spot} */ (this.spots.get(id)));
  }

  /** Give all events in the line-up: by lamport, then by id (F21). */
  inOrder() {
    return [...this.spots]
      .sort(([one, a], [other, b]) => a.lamport - b.lamport || (one < other ? -1 : 1))
      .map(([id]) => id);
  }

  /**
   * Give the past of an event, itself included.
   * @param {string} id
   * @returns {Past}
   */
  past(id) {
    const [spot] = this.#spotsOf([id]);
    return new Past(this.spots, this.columns, spot.seen, spot.column, spot.seq);
  }

  /**
   * Give everything in the past of any of these events, themselves included.
   * @param {Iterable<string>} ids
   * @returns {Past}
   */
  union(ids) {
    return new Past(this.spots, this.columns, merge(this.#spotsOf(ids)));
  }

  /**
   * Give the newest event of each branch of a device: longest branch first, then by id.
   * @param {string} device
   * @returns {string[]}
   */
  headsOf(device) {
    const columns = [...(this.columns.of.get(device) ?? [])];
    return columns
      .map((column) => /** @type {const} */ ([newestIn(column), column.ids[column.ids.length - 1]]))
      .sort(([a, one], [b, other]) => b - a || (one < other ? -1 : 1))
      .map(([, id]) => id);
  }

  /** Give the events that no other event here follows, sorted. */
  frontier() {
    return [...this.open].sort();
  }

  /** Give each place where a device signed two histories, by device and seq. */
  forks() {
    const found = new Map();
    for (const column of this.columns.every) {
      const prev = this.headers.get(column.ids[0])?.prev ?? "";
      const place = `${column.device} ${column.start} ${prev}`;
      const fork = found.get(place) ?? { device: column.device, seq: column.start, events: [] };
      if (prev && fork.events.length === 0) fork.events.push(this.#after(prev));
      fork.events.push(column.ids[0]);
      found.set(place, fork);
    }
    return [...found.values()]
      .filter((fork) => fork.events.length > 1)
      .map((fork) => ({ ...fork, events: fork.events.sort() }))
      .sort((a, b) => (a.device === b.device ? a.seq - b.seq : a.device < b.device ? -1 : 1));
  }

  /** Give what follows an event in its own column. @param {string} id */
  #after(id) {
    const [spot] = this.#spotsOf([id]);
    const column = this.columns.every[spot.column];
    return column.ids[spot.seq + 1 - column.start];
  }

  /**
   * Give each device's heads as seq, id, seq, id …: the longest branch first (F25).
   * @returns {Vector}
   */
  vector() {
    /** @type {Vector} */
    const found = {};
    for (const device of [...this.columns.of.keys()].sort()) {
      const heads = this.headsOf(device);
      found[device] = heads.flatMap((id) => [this.spots.get(id)?.seq ?? 0, id]);
    }
    return found;
  }

  /**
   * Give the place of a device's next event: after its longest branch, all else seen.
   * @param {string} device
   * @returns {import("./event.js").Place}
   */
  nextPlace(device) {
    const [head] = this.headsOf(device);
    const prev = head ? { id: head, ...this.#spotsOf([head])[0] } : null;
    return placeAfter(prev, this.newsFor(device));
  }

  /**
   * Give the newest events of other devices that a device's own chain has not seen yet.
   * @param {string} device
   * @returns {News[]}
   */
  newsFor(device) {
    const [head] = this.headsOf(device);
    const known = head ? this.past(head) : this.union([]);
    return this.columns.every
      .filter((column) => column.device !== device)
      .map((column) => column.ids[column.ids.length - 1])
      .filter((id) => !known.has(id))
      .map((id) => ({ id, lamport: this.spots.get(id)?.lamport ?? 0 }));
  }

  /**
   * Give what somebody with this vector may lack of what is here, parents first (F27).
   * @param {Vector} theirs
   * @returns {string[]}
   */
  lacking(theirs) {
    const heads = Object.values(theirs).flatMap((pairs) => pairs.filter((_, at) => at % 2 === 1));
    const known = this.union(heads.map(String).filter((id) => this.has(id)));
    return this.inOrder().filter((id) => !known.has(id));
  }
}

/** @typedef {{id: string, lamport: number}} News */

/**
 * Give the place that comes after an own event, if there is one, and sees the newest of the others.
 * @param {{id: string, seq: number, lamport: number} | null} prev
 * @param {News[]} news
 * @returns {import("./event.js").Place}
 */
export function placeAfter(prev, news) {
  if (!prev && news.length === 0) return FOUNDING;
  const newest = [...news].sort((a, b) => b.lamport - a.lamport || (a.id < b.id ? -1 : 1));
  const seen = newest.slice(0, MOST_SEEN);
  const lamport = 1 + Math.max(prev?.lamport ?? 0, ...seen.map((tip) => tip.lamport));
  const [seq, before] = prev ? [prev.seq + 1, prev.id] : [0, ""];
  return { seq, prev: before, seen: seen.map((tip) => tip.id).sort(), lamport };
}

/**
 * Hash a vector as a list of [device, seq, id, …] sorted by device (F26).
 * @param {Vector} vector
 * @returns {Promise<string>}
 */
export function digest(vector) {
  const rows = Object.keys(vector).sort().map((device) => [device, ...vector[device]]);
  return hash(bytes("goround/vector/1\0"), bytes(JSON.stringify(rows)));
}

/** @param {{prev: string, seen: string[]}} head */
export function parentsOf({ prev, seen }) {
  return prev ? [prev, ...seen] : seen;
}

/** An event rests on others that are not here: it waits, and is not wrong (F17). */
export class MissingParents extends NotGenuine {
  /** @param {string[]} missing */
  constructor(missing) {
    super("missing-parents", "An event rests on others that are not here yet.");
    this.missing = missing;
  }
}

/**
 * Throw unless an event's header says the truth about its parents (F16 to F20).
 * @param {{collective: string, head: import("./header.js").Header}} event
 * @param {string} collective
 * @param {(id: string) => {device: string, seq: number, lamport: number} | undefined} find
 */
export function checkFit({ collective: named, head }, collective, find) {
  if (named !== collective) {
    throw new NotGenuine("foreign", "This event belongs to another collective."); // F16
  }
  const missing = parentsOf(head).filter((id) => !find(id));
  if (missing.length > 0) throw new MissingParents(missing); // F17
  const prev = find(head.prev);
  if (prev && (prev.device !== head.device || prev.seq + 1 !== head.seq)) {
    throw new NotGenuine("chain", "An event does not follow its device's one before."); // F18
  }
  if (head.seen.some((id) => find(id)?.device === head.device)) {
    throw new NotGenuine("seen-own", "A device names an event of its own as seen."); // F19
  }
  const lamports = parentsOf(head).map((id) => find(id)?.lamport ?? 0);
  if (head.lamport !== 1 + Math.max(0, ...lamports)) {
    throw new NotGenuine("lamport", "The lamport is not one more than the largest before."); // F20
  }
}
