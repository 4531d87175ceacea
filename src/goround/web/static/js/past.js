/**
 * What one event can have known. A column is a branch of one device's chain, and a past is the
 * newest position in each column: a vector clock over branches. So whether x lies in the past of y
 * is one comparison of two numbers, however long the history.
 */

export const NOTHING = -1;

/**
 * One branch: from the seq where it parts from its parent to its newest event.
 * @typedef {{number: number, device: string, start: number, parent: number, ids: string[]}} Column
 */

/**
 * Where an event stands: its column and seq, and what it has seen in all other columns.
 * @typedef {object} Spot
 * @property {string} device
 * @property {number} column
 * @property {number} seq
 * @property {number} lamport
 * @property {number[]} seen newest seq by column; events that see nothing new share it
 */

/** All columns of a graph, by number and by device. */
export class Columns {
  constructor() {
    /** @type {Column[]} */
    this.every = [];
    /** @type {Map<string, Column[]>} */
    this.of = new Map();
  }

  /** @param {string} device @param {number} start @param {number} parent @returns {Column} */
  open(device, start, parent) {
    /** @type {Column} */
    const column = { number: this.every.length, device, start, parent, ids: [] };
    this.every.push(column);
    this.of.set(device, [...(this.of.get(device) ?? []), column]);
    return column;
  }
}

/**
 * Give the newest seq of a column.
 * @param {Column} column
 */
export function newestIn(column) {
  return column.start + column.ids.length - 1;
}

/**
 * Take the newest of each column of several events, themselves included.
 * @param {Spot[]} spots
 * @returns {number[]}
 */
export function merge(spots) {
  /** @type {number[]} */
  const merged = [];
  for (const spot of [...spots].sort((one, other) => other.lamport - one.lamport)) {
    if ((merged[spot.column] ?? NOTHING) >= spot.seq) continue; // a later event saw this one
    for (const [column, seq] of spot.seen.entries()) {
      merged[column] = Math.max(merged[column] ?? NOTHING, seq ?? NOTHING);
    }
    merged[spot.column] = Math.max(merged[spot.column] ?? NOTHING, spot.seq);
  }
  return Array.from(merged, (seq) => seq ?? NOTHING);
}

/** The events in the causal past of one event, of several, or of none. */
export class Past {
  /**
   * @param {Map<string, Spot>} spots
   * @param {Columns} columns
   * @param {number[]} seen
   * @param {number} [column] one column of which more is known than `seen` says
   * @param {number} [seq]
   */
  constructor(spots, columns, seen, column = NOTHING, seq = NOTHING) {
    this.spots = spots;
    this.columns = columns;
    this.seen = seen;
    this.column = column;
    this.seq = seq;
  }

  /** @param {string} id */
  has(id) {
    const spot = this.spots.get(id);
    return spot !== undefined && spot.seq <= this.reaches(spot.column);
  }

  /**
   * Give the newest seq of a column in this past, or -1.
   * @param {number} column
   */
  reaches(column) {
    return column === this.column ? this.seq : (this.seen[column] ?? NOTHING);
  }

  /**
   * Give the newest event of each branch of a device in this past, sorted.
   * @param {string} device
   * @returns {string[]}
   */
  newest(device) {
    const visible = this.#visible(device);
    const followed = new Set(visible.map(([column]) => `${column.parent} ${column.start - 1}`));
    return visible
      .filter(([column, seq]) => !followed.has(`${column.number} ${seq}`))
      .map(([column, seq]) => column.ids[seq - column.start])
      .sort();
  }

  /**
   * Give the smallest seq of which two events of a device are in this past, or null (F24).
   * @param {string} device
   * @returns {number | null}
   */
  forked(device) {
    const ranges = this.#visible(device).map(([column, seq]) => [column.start, seq]);
    let covered = NOTHING;
    for (const [start, end] of ranges.sort(([one], [other]) => one - other)) {
      if (start <= covered) return start;
      covered = Math.max(covered, end);
    }
    return null;
  }

  /** @param {string} device @returns {[Column, number][]} */
  #visible(device) {
    const reached = (this.columns.of.get(device) ?? []).map(
      (column) => /** @type {[Column, number]} */ ([column, this.reaches(column.number)]),
    );
    return reached.filter(([column, seq]) => seq >= column.start);
  }
}
