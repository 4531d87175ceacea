/**
 * How this browser becomes equal with its node: it says in 43 letters what it holds; where that
 * differs, it gets what it lacks, and hands over what the node lacks, which can be a whole history
 * where the node lost its own. Rules S3 to S7 of docs/protocol.md.
 */

import { digest, Graph } from "./graph.js";
import * as kept from "./kept.js";
import { give, isThis, readHave, readKept, want } from "./messages.js";
import { vectorOf } from "./tips.js";

const MOST_ROUNDS = 1000;

/**
 * Hold one conversation; tells whether both hold the same at its end.
 * @param {string} collective
 * @param {{sync: (message: string) => Promise<string | null>}} node
 * @param {(events: import("./event.js").Event[]) => Promise<number>} take keeps what is new
 * @param {(coming: number) => void} tell learns how many, about, have yet to come
 * @returns {Promise<boolean>}
 */
export async function converse(collective, node, take, tell) {
  let [asked, given] = [0, 0]; // what came or went for nothing, in a row
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const tips = await kept.tips(collective);
    if ((await node.sync(isThis(collective, await digest(vectorOf(tips))))) === null) return true;
    const answer = await node.sync(want(collective, await landmarks(collective, tips), asked));
    const have = await readHave(collective, answer ?? "");
    const came = await take(have.events);
    if (came > 0) tell(toCome(await kept.tips(collective), have.landmarks));
    const handed = came > 0 ? none : await handOver(collective, node, have.landmarks, given);
    if (came > 0 || handed.fresh > 0) {
      [asked, given] = [0, 0];
    } else if ((have.events.length === 0 && handed.count === 0) || asked > tips.count) {
      return false; // one of the two shows, or takes, only a part
    } else {
      [asked, given] = [asked + have.events.length, given + handed.count];
    }
  }
  return false;
}

const none = { count: 0, fresh: 0 };

/**
 * Reckon how much has yet to come: chains have no gaps, so their lengths tell.
 * @param {import("./tips.js").Tips} tips
 * @param {import("./graph.js").Vector} theirs
 */
function toCome(tips, theirs) {
  let sum = 0;
  for (const [device, marks] of Object.entries(theirs)) {
    const lengths = marks.map((mark) => (typeof mark === "number" ? mark + 1 : 0));
    const mine = tips.branches[device]?.[0][0] ?? -1;
    sum += Math.max(0, ...lengths.map((length) => length - mine - 1));
  }
  return sum;
}

/**
 * Name heads, and the events 1, 2, 4, 8 … before each in its chain (F27).
 * @param {string} collective
 * @param {import("./tips.js").Tips} tips
 * @returns {Promise<import("./graph.js").Vector>}
 */
async function landmarks(collective, tips) {
  const vector = vectorOf(tips);
  for (const [device, branches] of Object.entries(tips.branches)) {
    if (branches.length > 1) continue; // of a fork the heads are enough, only longer
    const found = await kept.places(collective, device, backFrom(branches[0][0]));
    vector[device] = [...vector[device], ...found.flat()];
  }
  return vector;
}

/** @param {number} seq */
function backFrom(seq) {
  const seqs = [];
  for (let steps = 1; steps <= seq; steps *= 2) seqs.push(seq - steps);
  return seqs;
}

/**
 * Hand over a batch of what the node lacks; tell how many, and how many were new there.
 * @param {string} collective
 * @param {{sync: (message: string) => Promise<string | null>}} node
 * @param {import("./graph.js").Vector} theirs
 * @param {number} skip
 */
async function handOver(collective, node, theirs, skip) {
  const events = await kept.events(collective);
  const [graph, known] = [new Graph(collective), new Map()];
  for (const event of events) {
    graph.add(event);
    known.set(event.id, event);
  }
  const lacking = graph.lacking(theirs).slice(skip);
  if (lacking.length === 0) return none;
  const { message, count } = await give(collective, lacking.map((id) => known.get(id)));
  const answer = await node.sync(message);
  return { count, fresh: answer === null ? 0 : readKept(collective, answer) };
}
