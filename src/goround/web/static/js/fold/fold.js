/**
 * The browser's own fold of the constitution: the one place where what is said becomes what is.
 * Each event is judged once, by what its author could know, so the answers are the same as
 * everybody's, whatever a node says. It finds out what is void and why, which decisions are
 * complete, which epoch is in force, and what a device signs next by itself. Left out is what only
 * pages ask (agreements, what a task is, display) and what is refused before signing
 * though never void (C70). The files here mirror those of collective/, and cite the same rules of
 * docs/charter.md.
 */

import { whyNotFound } from "./charter.js";
import { advance, firstEpoch, inForce } from "./constitution.js";
import { decided } from "./decisions.js";
import { introducedBy } from "./devices.js";
import { factOf } from "./entry.js";
import { erased } from "./erasure.js";
import { putAway } from "./filing.js";
import { SILENCING, whyNot, whySilent } from "./judging.js";
import { nextOf } from "./keeping.js";
import { Pasts } from "./pasts.js";
import { invitationIn, isVersion } from "./proposals.js";
import { Record, View } from "./record.js";
import { complete } from "./waiting.js";

/** @typedef {import("./entry.js").Entry} Entry */
/** @typedef {import("./entry.js").Fact} Fact */
/** @typedef {import("./epoch.js").Epoch} Epoch */
/** @typedef {import("../past.js").Past} Past */

/**
 * One genuine event, as the fold is given it. `words` tells whether it has content, `proved`
 * whether the proof inside its act is genuine (true without one).
 * @typedef {object} Given
 * @property {string} id
 * @property {string} device
 * @property {number} seq
 * @property {string} prev
 * @property {string[]} seen
 * @property {number} lamport
 * @property {number} at
 * @property {Fact} act
 * @property {boolean} words
 * @property {boolean} proved
 */

/** Everything that a browser has judged of one collective. */
export class Fold {
  /** @param {string} collective */
  constructor(collective) {
    this.collective = collective;
    this.record = new Record(new Pasts(collective));
    this.way = collective;
  }

  /**
   * Take an event in after its parents and judge it (C1); false if it was here already.
   * @param {Given} given
   * @returns {boolean}
   */
  add({ seen, act, ...given }) {
    const { record } = this;
    const { id, device, seq, prev, lamport } = given;
    const isFounding = seq === 0 && seen.length === 0;
    const head = /** @type {any} */ ({ device, seq, prev, seen, lamport });
    const collective = isFounding ? id : this.collective;
    if (!record.pasts.add({ id, collective, head })) return false;
    const entry = { ...given, fact: factOf(act) };
    record.entries.set(id, entry);
    record.noteFork(entry);
    if (isFounding || !record.founding) this.#begin(entry);
    else judge(record, entry);
    if (entry.fact.type === "seal") this.#goOn();
    return true;
  }

  /** A log begins with a founding, or nothing in it counts (C2). @param {Entry} entry */
  #begin(entry) {
    const { record } = this;
    const isFirst = entry.id === this.collective;
    const founds = entry.fact.type === "found" ? whyNotFound(entry) : "stranger";
    const reason = founds ?? (isFirst ? null : "not-the-founding");
    record.persons.set(entry.id, reason ? null : entry.device);
    record.epochOf.set(entry.id, reason ? "" : entry.id);
    if (reason) {
      record.voided.set(entry.id, reason);
      return;
    }
    record.founding = entry;
    record.epochs.set(entry.id, firstEpoch(entry));
    record.index(entry, entry.device);
  }

  /** Keep the way that was known first, where there are two. */
  #goOn() {
    const known = this.record.epochs.get(this.way);
    if (known) this.way = advance(this.record, this.record.pasts.everything(), known).id;
  }

  /**
   * Return the view of everything that is here, on the way of a device; null without a founding.
   * @param {string} device
   * @returns {View | null}
   */
  view(device) {
    const { record } = this;
    if (!record.founding) return null;
    const everything = record.pasts.everything();
    const [head] = record.pasts.headsOf(device);
    const name = head ? record.epochOf.get(head) : this.way;
    const start = /** @type {Epoch} */ (record.epochs.get(name ?? ""));
    return new View(record, everything, advance(record, everything, start));
  }

  /**
   * Return what a device signs next by itself, without anybody's opinion (C24, C25, C31).
   * @param {string} device
   * @returns {Fact | null}
   */
  nextOf(device) {
    const view = this.view(device);
    const [head] = this.record.pasts.headsOf(device);
    return view && head ? nextOf(view, device, this.record.pasts.past(head)) : null;
  }

  /**
   * Return why an event counts for nothing, if it does.
   * @param {string} id
   * @returns {string | null}
   */
  whyVoid(id) {
    return this.record.voided.get(id) ?? null;
  }

  /**
   * Tell whether a version is decided, as a device sees it.
   * @param {string} version
   * @param {string} device
   */
  decided(version, device) {
    const view = this.view(device);
    return view !== null && decided(view, version);
  }

  /**
   * Return the events whose words are gone for good, as a device sees it (C69).
   * @param {string} device
   * @returns {Set<string>}
   */
  erased(device) {
    const view = this.view(device);
    return view ? erased(view) : new Set();
  }

  /**
   * Return the newest epoch in force here, on the way of a device.
   * @param {string} device
   */
  epoch(device) {
    const epoch = this.view(device)?.epoch;
    if (!epoch) return null;
    const { id, members, charter, charterId } = epoch;
    return { id, members: Object.fromEntries(members), charter, charterId };
  }

  /**
   * Return the key that an acceptance needs a proof of, if it names an invitation that is here.
   * @param {Fact} act
   * @returns {string | null}
   */
  invitationKey(act) {
    const version = this.record.entries.get(act.version);
    if (!version || !isVersion(version.fact)) return null;
    return invitationIn(version, act.effect)?.key ?? null;
  }
}

// --- Judging ---------------------------------------------------------------------------------

/** Judge an entry whose causes were all added before, and add it to the record (C1).
 * @param {Record} record @param {Entry} entry */
function judge(record, entry) {
  const before = record.pasts.before(entry.id);
  record.persons.set(entry.id, signer(record, entry, before));
  const view = new View(record, before, epochNamed(record, entry, before));
  const silenced = whySilent(view, entry);
  const reason = silenced ?? whyNot(view, entry);
  const isVain = reason !== null && namesEpoch(entry); // such a name moves nothing
  const epoch = isVain ? epochBefore(record, entry, before) : view.epoch;
  putAway(record, entry, epoch.id, reason);
  if (silenced === null || !SILENCING.has(silenced)) settle(record, entry, epoch);
}

/** @param {Entry} entry */
function namesEpoch({ fact }) {
  return fact.type === "accept" || fact.type === "follow";
}

/** Find out whose an entry is (C3).
 * @param {Record} record @param {Entry} entry @param {Past} before */
function signer(record, entry, before) {
  if (entry.seq > 0) return record.persons.get(entry.prev) ?? null;
  const added = introducedBy(record, entry.device, before);
  if (added) return record.signer(added);
  return entry.fact.type === "accept" ? entry.device : null;
}

/** Return the epoch that an acceptance or a following names, gone on from, if in force; of anything
 * else the one it has from the event before (C9).
 * @param {Record} record @param {Entry} entry @param {Past} before */
function epochNamed(record, entry, before) {
  const found = namesEpoch(entry) ? inForce(record, before, entry.fact.epoch) : null;
  return found ? advance(record, before, found) : epochBefore(record, entry, before);
}

/** Return the epoch that an event has from its device's previous one, gone on from (C9).
 * @param {Record} record @param {Entry} entry @param {Past} before */
function epochBefore(record, { seq, prev, device }, before) {
  const start = seq > 0 ? prev : introducedBy(record, device, before)?.id;
  return advance(record, before, record.epochAt(start ?? record.founding?.id ?? ""));
}

/** Go on to the epoch that the entry itself brought, and ask what it completes (C59).
 * @param {Record} record @param {Entry} entry @param {Epoch} epoch */
function settle(record, entry, epoch) {
  const past = record.pasts.past(entry.id);
  let newest = epoch;
  if (entry.fact.type === "seal") {
    newest = advance(record, past, epoch);
    record.epochOf.set(entry.id, newest.id);
  }
  if (newest.members.has(record.signer(entry))) complete(new View(record, past, newest), entry);
}
