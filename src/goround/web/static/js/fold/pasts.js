/**
 * Where pasts come from: the graph of the log, asked as the rules ask it. Everything that an event
 * could know is one vector of numbers, so "is this in the past of that" costs one comparison.
 */

import { Graph } from "../graph.js";
import { newestIn, Past } from "../past.js";

/** The graph of one collective. */
export class Pasts extends Graph {
  /**
   * Return the past of an event without itself.
   * @param {string} id
   * @returns {Past}
   */
  before(id) {
    const spot = this.spots.get(id);
    if (!spot) throw new RangeError(`${id} is not here.`);
    const own = this.columns.every[spot.column];
    if (spot.seq === own.start) return new Past(this.spots, this.columns, spot.seen);
    return new Past(this.spots, this.columns, spot.seen, spot.column, spot.seq - 1);
  }

  /**
   * Return the past of all that is here now; what arrives later is not in it.
   * @returns {Past}
   */
  everything() {
    return new Past(this.spots, this.columns, this.columns.every.map(newestIn));
  }
}
