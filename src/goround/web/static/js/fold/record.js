/**
 * All that was said, found again by what it is about, and the view from one past. A record only
 * grows: each entry is judged once, by its own past. A view is what of the record counts in one
 * past and one epoch; every rule is a question asked of a view. Mirrors collective/record.py.
 */

import { inOrder, subjectOf } from "./entry.js";

/** @typedef {import("./entry.js").Entry} Entry */

/**
 * A word that somebody gave on a version, by a position or with another act (C47).
 * @typedef {{entry: Entry, person: string, stance: string}} Given
 */

/**
 * A version's rule was met in the past of an event; of the members who had said nothing, `missed`
 * were away and `passed` were not (C60).
 * @typedef {object} Completion
 * @property {string} version
 * @property {string} event
 * @property {string} epoch
 * @property {string[]} missed
 * @property {string[]} passed
 */

/**
 * Lists, found by what they are about.
 * @template Value
 * @extends {Map<string, Value[]>}
 */
class Lists extends Map {
  /** @param {string} key @returns {Value[]} */
  about(key) {
    return this.get(key) ?? [];
  }

  /** @param {string} key @param {Value} value */
  put(key, value) {
    const known = this.get(key);
    if (known) known.push(value);
    else this.set(key, [value]);
  }
}

/** Everything judged so far. Only fold.js, filing.js and waiting.js write into it. */
export class Record {
  /** @param {import("./pasts.js").Pasts} pasts */
  constructor(pasts) {
    this.pasts = pasts;
    /** @type {Entry | null} */
    this.founding = null;
    /** @type {Map<string, Entry>} */
    this.entries = new Map();
    /** @type {Map<string, string | null>} */
    this.persons = new Map();
    /** @type {Map<string, string>} */
    this.voided = new Map();
    /** @type {Map<string, string>} */
    this.epochOf = new Map();
    /** @type {Map<string, import("./epoch.js").Epoch>} */
    this.epochs = new Map();
    /** @type {Lists<Entry>} */
    this.bySubject = new Lists();
    /** @type {Lists<Entry>} */
    this.byKind = new Lists();
    /** @type {Lists<Entry>} */
    this.firsts = new Lists();
    /** @type {Lists<Entry>} */
    this.byPerson = new Lists();
    /** @type {Lists<Given>} */
    this.given = new Lists();
    /** @type {Lists<Entry>} */
    this.versions = new Lists();
    /** @type {Entry[]} */
    this.allVersions = [];
    /** @type {Entry[]} */
    this.changing = [];
    /** @type {Lists<Entry>} */
    this.nominations = new Lists();
    /** @type {Lists<Entry>} */
    this.seals = new Lists();
    /** @type {Lists<Completion>} */
    this.completions = new Lists();
    /** @type {Map<string, boolean>} */
    this.knewClosed = new Map();
    /** @type {[string, string][]} */
    this.touches = [];
    /** @type {Lists<string>} */
    this.touching = new Lists();
    /** @type {Set<string>} */
    this.followed = new Set();
    /** @type {Set<string>} */
    this.forked = new Set();
    /** @type {Map<string, import("./waiting.js").Waiting>} */
    this.waiting = new Map();
  }

  /**
   * Return who signed an entry that is known to be somebody's.
   * @param {Entry} entry
   * @returns {string}
   */
  signer(entry) {
    return /** @type {string} */ (this.persons.get(entry.id));
  }

  /**
   * Return an entry that is known to be here.
   * @param {string} id
   * @returns {Entry}
   */
  entry(id) {
    return /** @type {Entry} */ (this.entries.get(id));
  }

  /**
   * Return the epoch that an event was given.
   * @param {string} id
   * @returns {import("./epoch.js").Epoch}
   */
  epochAt(id) {
    const name = /** @type {string} */ (this.epochOf.get(id));
    return /** @type {import("./epoch.js").Epoch} */ (this.epochs.get(name));
  }

  /**
   * Remember that an event may decide a proposal, or keep it from being decided.
   * @param {string} proposal
   * @param {string} event
   */
  touch(proposal, event) {
    this.touches.push([proposal, event]);
    this.touching.put(proposal, event);
  }

  /**
   * Remember a device of which two events follow the same one, or two are the first.
   * @param {Entry} entry
   */
  noteFork({ prev, device }) {
    const isTaken = prev ? this.followed.has(prev) : this.firsts.has(device);
    if (isTaken) this.forked.add(device);
    this.followed.add(prev);
  }

  /**
   * Find the first event of a device again; there are several where it forked at once.
   * @param {Entry} entry
   */
  indexFirst(entry) {
    if (entry.seq === 0) this.firsts.put(entry.device, entry);
  }

  /**
   * Find an entry again by its kind, its subject, its device and its person.
   * @param {Entry} entry
   * @param {string} person
   */
  index(entry, person) {
    const { type } = entry.fact;
    this.bySubject.put(`${type} ${subjectOf(entry.fact, person)}`, entry);
    this.byKind.put(type, entry);
    this.byPerson.put(person, entry);
    this.indexFirst(entry);
  }

  /**
   * Tell whether an entry lies in another's past (and is not that one itself).
   * @param {Entry} entry
   * @param {Entry} other
   */
  before(entry, other) {
    return entry.id !== other.id && this.pasts.past(other.id).has(entry.id);
  }

  /**
   * Return those entries that none of the others comes after.
   * @param {Entry[]} entries
   * @returns {Entry[]}
   */
  latest(entries) {
    /** @type {Entry[]} */
    const kept = [];
    for (const entry of [...entries].sort(inOrder).reverse()) {
      if (!kept.some((later) => this.before(entry, later))) kept.push(entry);
    }
    return kept;
  }
}

/** What counts in one past, for those who live in one epoch. */
export class View {
  /**
   * @param {Record} record
   * @param {import("../past.js").Past} past
   * @param {import("./epoch.js").Epoch} epoch
   */
  constructor(record, past, epoch) {
    this.record = record;
    this.past = past;
    this.epoch = epoch;
    /** @type {Map<Function, any>} answers already worked out: a view never changes */
    this.answers = new Map();
  }

  /**
   * Tell whether an entry is in this past, allowed, and said to this epoch's people (C6).
   * @param {Entry} entry
   */
  counts({ id }) {
    const { voided, epochOf } = this.record;
    const epoch = /** @type {string} */ (epochOf.get(id));
    return this.past.has(id) && !voided.has(id) && this.epoch.chain.has(epoch);
  }

  /**
   * Return what counts of one kind about one subject.
   * @param {string} kind
   * @param {string} subject
   */
  said(kind, subject) {
    return this.inOrder(this.record.bySubject.about(`${kind} ${subject}`));
  }

  /**
   * Return what counts of one kind, whatever it is about.
   * @param {string} kind
   */
  allSaid(kind) {
    return this.inOrder(this.record.byKind.about(kind));
  }

  /**
   * Return those that count, in the line-up, so that nothing depends on the order of arrival.
   * @param {Entry[]} known
   */
  inOrder(known) {
    return known.filter((entry) => this.counts(entry)).sort(inOrder);
  }

  /**
   * Return who signed an entry: one voice per person, whichever device (C4).
   * @param {Entry} entry
   */
  person(entry) {
    return this.record.signer(entry);
  }

  /**
   * Return who signed any of these.
   * @param {Entry[]} entries
   * @returns {Set<string>}
   */
  people(entries) {
    return new Set(entries.map((entry) => this.person(entry)));
  }

  /**
   * Return the entry with this id if it counts here (C7).
   * @param {string} id
   * @returns {Entry | null}
   */
  find(id) {
    const entry = this.record.entries.get(id);
    return entry && this.counts(entry) ? entry : null;
  }

  /**
   * Return the view of the same epoch from another past.
   * @param {import("../past.js").Past} past
   */
  at(past) {
    return new View(this.record, past, this.epoch);
  }
}

/**
 * Let a view answer a question once; what counts in a past never changes.
 * @template Answer
 * @param {(view: View) => Answer} question
 * @returns {(view: View) => Answer}
 */
export function remembered(question) {
  return (view) => {
    if (!view.answers.has(question)) view.answers.set(question, question(view));
    return view.answers.get(question);
  };
}
