/**
 * Where a browser stands in a collective, small enough to be read and written with every event: the
 * newest events of each device, and which of them its own chain has yet to see. It is enough to
 * place the next event and to tell a node how far one is; where it is not, the graph says it anew.
 */

import { Graph, placeAfter } from "./graph.js";

/**
 * @typedef {[number, string, number]} Tip seq, id and lamport of the end of a branch
 * @typedef {object} Tips
 * @property {string} collective
 * @property {string} device whose next event is placed
 * @property {Record<string, Tip[]>} branches by device, the longest branch first, then by id
 * @property {import("./graph.js").News[]} news what the device's own chain has not seen
 * @property {number} count of the events that are here
 */

/**
 * Begin with nothing.
 * @param {string} collective
 * @param {string} device
 * @returns {Tips}
 */
export function noTips(collective, device) {
  return { collective, device, branches: {}, news: [], count: 0 };
}

/**
 * Find the tips of a whole history.
 * @param {string} collective
 * @param {string} device
 * @param {Iterable<import("./graph.js").Placed>} events parents first
 * @returns {Tips}
 */
export function tipsOf(collective, device, events) {
  const graph = new Graph(collective);
  for (const event of events) graph.add(event);
  /** @type {Record<string, Tip[]>} */
  const branches = {};
  for (const known of graph.columns.of.keys()) {
    branches[known] = graph.headsOf(known).map((id) => {
      const spot = graph.spots.get(id);
      return [spot?.seq ?? 0, id, spot?.lamport ?? 0];
    });
  }
  return { collective, device, branches, news: graph.newsFor(device), count: graph.size };
}

/**
 * Go on with one event that came after its parents; null where the whole history has to be asked.
 * @param {Tips} tips
 * @param {import("./graph.js").Placed} event
 * @returns {Tips | null}
 */
export function follow(tips, { id, head }) {
  const isOwn = head.device === tips.device;
  const unseen = tips.news.filter((tip) => !head.seen.includes(tip.id));
  if (isOwn && unseen.length > 0) return null;
  const others = (tips.branches[head.device] ?? []).filter(([, tip]) => tip !== head.prev);
  /** @type {Tip[]} */
  const branch = [...others, [head.seq, id, head.lamport]];
  branch.sort(([a, one], [b, other]) => b - a || (one < other ? -1 : 1));
  const news = tips.news.filter((tip) => tip.id !== head.prev);
  return {
    ...tips,
    branches: { ...tips.branches, [head.device]: branch },
    news: isOwn ? [] : [...news, { id, lamport: head.lamport }],
    count: tips.count + 1,
  };
}

/**
 * Give the place of the device's next event.
 * @param {Tips} tips
 * @returns {import("./event.js").Place}
 */
export function nextPlace({ branches, device, news }) {
  const [own] = branches[device] ?? [];
  return placeAfter(own ? { seq: own[0], id: own[1], lamport: own[2] } : null, news);
}

/**
 * Tell whether the device has signed two histories.
 * @param {Tips} tips
 */
export function isForked({ branches, device }) {
  return (branches[device] ?? []).length > 1;
}

/**
 * Give the vector: each device's heads as seq, id, seq, id … (F25).
 * @param {Tips} tips
 * @returns {import("./graph.js").Vector}
 */
export function vectorOf({ branches }) {
  /** @type {import("./graph.js").Vector} */
  const vector = {};
  for (const device of Object.keys(branches).sort()) {
    vector[device] = branches[device].flatMap(([seq, id]) => [seq, id]);
  }
  return vector;
}
