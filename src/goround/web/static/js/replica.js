/**
 * A replica is one collective in one browser: its log, and the device that signs here. The database
 * is the truth, not the memory of a tab: one tab signs at a time, at the end of the chain as it is
 * kept, and an event is on the disk before anybody learns of it. Before it signs, it asks the node
 * what else there is, its own chain first, because a browser can have been restored from a copy.
 */

import { partEffects, withEffects, writeAct } from "./acts.js";
import { converse } from "./conversation.js";
import { NotGenuine, Refused, Unreachable } from "./errors.js";
import { decodeLine, encodeLine, signEvent, writeWords } from "./event.js";
import { judged } from "./judging.js";
import * as kept from "./kept.js";
import { Node, postFounding } from "./node.js";
import { isThere, soon } from "./patience.js";
import { _ } from "./sentences.js";
import { isForked, nextPlace } from "./tips.js";

const MOST_TRIES = 50;
const MOST_LINES = 100;
const LARGEST_POST = 1024 * 1024;
/** Milliseconds: when somebody answered last is noted no more often. */
const OFTEN = 60 * 60 * 1000;
const STILL_FREE = new Set(["leave", "device_retire"]);

/**
 * @typedef {import("./event.js").Event} Event
 * @typedef {{id: string, sent: boolean, refused: string}} Signed `refused` says why it is void
 */

/**
 * Open the collective in this browser, or return null where it has no device there.
 * @param {string} collective
 * @returns {Promise<Replica | null>}
 */
export async function openReplica(collective) {
  const device = await kept.deviceOf(collective);
  if (!device) return null;
  const known = opened.get(collective);
  if (known?.device === device.device) return known;
  return remembered(new Replica(device));
}

/**
 * Is told how many events have yet to come, about, while something is fetched; 0 at the end.
 * @type {{tell: (coming: number) => void}}
 */
export const fetching = { tell: () => {} };

/** @type {Map<string, Replica>} */
const opened = new Map();

/**
 * Let openReplica give this one from now on.
 * @param {Replica} replica
 */
export function remembered(replica) {
  opened.set(replica.collective, replica);
  return replica;
}

/** One collective in one browser. */
export class Replica {
  /** @param {import("./kept.js").Device} device */
  constructor({ collective, device, key }) {
    this.collective = collective;
    this.device = device;
    this.key = key;
    this.node = new Node(collective, { device, key });
    this.channel = new BroadcastChannel(`goround ${collective}`);
    /** @type {Promise<void> | null} */
    this.catching = null;
    /** @type {Promise<void> | null} */
    this.queued = null;
    /** Called where something has yet to be sent; a page tries again later. */
    this.unsent = () => {};
    this.reached = 0;
  }

  /** Show the node who this is, so that pages can be read. */
  enter() {
    return this.node.enter();
  }

  /**
   * Give all events that are kept here and came after a row, parents first.
   * @param {number} [after]
   */
  async events(after = 0) {
    const found = await kept.events(this.collective, after);
    return found.map(({ row, id, head, proved }) => {
      const { device, seq, prev, seen, lamport, at, act, commit } = head;
      return { row, id, device, seq, prev, seen, lamport, at, act, words: commit !== "", proved };
    });
  }

  /**
   * Say something as this browser's member. Throws Refused where a rule says no: nothing is signed
   * then. `sent` is false where nobody could be reached: it is kept, and goes out later.
   * @param {Record<string, any>} given the act; effects may be as people see them
   * @param {Record<string, any>} [words]
   * @param {() => void} [whenKept] called once nothing can be lost any more, before it is sent
   * @returns {Promise<Signed>}
   */
  async sign(given, words = {}, whenKept = () => {}) {
    const { act, said } = parted(given, words);
    const isReached = await isThere(() => soon(this.catchUp()));
    if (isReached) await isThere(() => soon(this.node.check(act, said)));
    await this.#checkHere();
    await this.#checkUnforked(act.type);
    await this.#checkKnown(act);
    const event = await this.#make(act, said);
    whenKept();
    const answers = isReached ? await this.#sent() : null;
    if (!answers) this.unsent();
    const answer = answers?.find(({ id }) => id === event.id);
    return { id: event.id, sent: answers !== null, refused: answer?.detail ?? "" };
  }

  /** The storage can have been emptied under an open tab, or be another device's by now. */
  async #checkHere() {
    if ((await kept.deviceOf(this.collective))?.device === this.device) return;
    throw new Refused(
      _("This browser has lost what it kept here: load the page again to read what you can do."),
      "lost",
    );
  }

  /** @param {string} kind */
  async #checkUnforked(kind) {
    if (STILL_FREE.has(kind) || !isForked(await kept.tips(this.collective))) return;
    throw new Refused(
      _(
        "This device has told two different histories, perhaps because this browser was restored " +
          "from a copy. Everything is kept, and nothing more is said with it: add a new device " +
          "from another one of yours, or ask the others to invite you anew in your place.",
      ),
      "forked",
    );
  }

  /**
   * What an act is about has to be here: a page can show more than this browser has fetched, and
   * an answer to something that is not in its past would count for nothing.
   * @param {Record<string, any>} act
   */
  async #checkKnown(act) {
    for (const id of namedIn(act)) {
      if (await kept.event(this.collective, id)) continue;
      throw new Refused(
        _("What you answer to has not reached this browser yet: try again in a moment."),
        "not-here",
      );
    }
  }

  /**
   * @param {Record<string, any>} act
   * @param {Record<string, any>} words
   * @returns {Promise<Event>}
   */
  async #make(act, words) {
    return await navigator.locks.request(`goround ${this.collective}`, async () => {
      for (let tries = 0; tries < MOST_TRIES; tries += 1) {
        const place = nextPlace(await kept.tips(this.collective));
        const event = await this.#signed(place, act, words);
        if (await kept.keepSigned(await judged(this.collective, event))) {
          this.channel.postMessage({ fresh: 1 });
          return event;
        }
      }
      throw new Refused(_("This browser is busy with the same collective: try again."));
    });
  }

  /**
   * @param {import("./event.js").Place} place
   * @param {Record<string, any>} act
   * @param {Record<string, any>} words
   */
  #signed(place, act, words) {
    if (place.seq === 0 && place.seen.length === 0) {
      throw new Refused(_("Nothing of this collective has reached this browser yet."));
    }
    const said = { collective: this.collective, place, at: Date.now(), act };
    return signEvent(this, { ...said, content: writeWords(words) }).catch((error) => {
      if (!(error instanceof NotGenuine)) throw error;
      throw new Refused(_("This is too much at once: make it shorter."), error.reason);
    });
  }

  /**
   * Become equal with the node: hand over what was signed here, and fetch what is new. Throws
   * Unreachable, Refused by the node, or NotGenuine where it sends rubbish.
   * @returns {Promise<void>}
   */
  catchUp() {
    if (!this.catching) return this.#begin();
    this.queued ??= this.catching.catch(() => {}).then(() => {
      this.queued = null; // whoever asks now wants what came since the other one began
      return this.#begin();
    });
    return this.queued;
  }

  #begin() {
    this.catching = this.#exchange().finally(() => {
      this.catching = null;
    });
    return this.catching;
  }

  async #exchange() {
    await this.send();
    await this.#fetched().catch(plainly).finally(() => fetching.tell(0));
    if (Date.now() - this.reached < OFTEN) return;
    this.reached = Date.now();
    await kept.noteHere(this.collective, "reached", this.reached);
  }

  async #fetched() {
    /** @param {Event[]} events */
    const take = async (events) => {
      const known = new Map(events.map((event) => [event.id, event]));
      const read = [];
      for (const event of events) read.push(await judged(this.collective, event, known));
      const fresh = await kept.take(this.collective, read);
      if (fresh.length > 0) this.channel.postMessage({ fresh: fresh.length });
      return fresh.length;
    };
    await converse(this.collective, this.node, take, fetching.tell);
  }

  /** Tell how much has yet to be sent. */
  async waiting() {
    return (await kept.outbox(this.collective)).length;
  }

  async #sent() {
    try {
      return await soon(this.send());
    } catch (error) {
      if (error instanceof Unreachable) return null;
      throw error;
    }
  }

  /**
   * Hand over what was signed here and has yet to be sent, in its order.
   * @returns {Promise<{id: string, void?: string, detail?: string}[]>}
   */
  async send() {
    return await navigator.locks.request(`goround sends ${this.collective}`, async () => {
      const answers = [];
      for (;;) {
        const rows = batch(await kept.outbox(this.collective));
        if (rows.length === 0) return answers;
        answers.push(...(await this.#post(rows)));
        await kept.sent(rows.map(({ row }) => row));
      }
    });
  }

  /** @param {{line: string}[]} rows */
  async #post(rows) {
    try {
      const first = await decodeLine(rows[0].line);
      if (first.head.collective === "") await this.#postFounding(first);
      return await this.node.post(rows.map(({ line }) => line).join(""));
    } catch (error) {
      if (error instanceof Refused && error.reason === "missing-parents") return []; // S5 does it
      throw error;
    }
  }

  /** @param {Event} event */
  async #postFounding(event) {
    try {
      await postFounding(event, (await kept.note(this.collective, "founding")) ?? "");
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      await this.node.post(encodeLine(event)).catch(() => {
        throw error; // it is not there: the node has not just lost its answer on the way
      });
    }
  }
}

/** Say for people that rubbish came, whatever kind it was. @param {unknown} error */
function plainly(error) {
  if (!(error instanceof NotGenuine) || error.reason === "message-size") throw error;
  throw new NotGenuine(
    error.reason,
    _("What the node sent is not as it was said, or damaged. Nothing of it was kept here."),
  );
}

/** Name the events that an act is about. @param {Record<string, any>} act */
function namedIn(act) {
  const { version, proposal, prev, on, concern, position, event, task, behind = [] } = act;
  const named = [version, proposal, prev, on, concern, position, event, task?.split(".")[0]];
  return [...named.filter((id) => id !== undefined), ...behind];
}

/** @param {{row: number, line: string}[]} rows */
function batch(rows) {
  let size = 0;
  return rows.slice(0, MOST_LINES).filter(({ line }, at) => {
    size += 3 * line.length;
    return at === 0 || size <= LARGEST_POST;
  });
}

/** @param {Record<string, any>} given @param {Record<string, any>} words */
function parted(given, words) {
  if (!Array.isArray(given.effects)) return { act: writeAct(given), said: withEffects(words, []) };
  const { effects, words: said } = partEffects(given.effects);
  return { act: writeAct({ ...given, effects }), said: withEffects(words, words.effects ?? said) };
}
