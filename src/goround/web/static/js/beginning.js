/**
 * How somebody begins in a browser: they found a collective, accept an invitation, or let this
 * browser in as a further device. The key and the first event are kept before anything is sent, so
 * whoever is cut off in between goes on where they were, and never signs a second first event.
 */

import { withEffects, writeAct } from "./acts.js";
import { chance, encode } from "./encoding.js";
import { admit } from "./enrolling.js";
import { NotGenuine, Refused, Unreachable } from "./errors.js";
import { FOUNDING, signEvent, writeWords } from "./event.js";
import * as kept from "./kept.js";
import { proveInvitation } from "./proofs.js";
import { Replica, remembered } from "./replica.js";
import { _ } from "./sentences.js";

/** @typedef {import("./event.js").Event} Event */

/**
 * Found a collective: its first event is kept here, then handed to the node.
 * @param {Record<string, string | number>} charter rules that differ from the usual ones
 * @param {{name: string, person: string, purpose?: string}} words
 * @param {string} [right] what stood in the founding link
 * @returns {Promise<Replica>}
 */
export async function foundCollective(charter, words, right = "") {
  const signer = await kept.newDevice();
  const act = writeAct({ type: "found", nonce: encode(chance()), charter, rules: 1 });
  const said = { collective: "", place: FOUNDING, at: Date.now(), act };
  const event = await signEvent(signer, { ...said, content: writeWords(withEffects(words, [])) });
  return begin(signer, event, right);
}

/**
 * Accept an invitation, as its card was shown.
 * @param {string} collective
 * @param {CryptoKey} invitation
 * @param {Record<string, any>} card
 * @param {{person: string, behind: string[]}} answer a name, and the invitations agreed to
 * @returns {Promise<Replica>}
 */
export async function acceptInvitation(collective, invitation, card, { person, behind }) {
  const signer = await kept.newDevice();
  const proof = await proveInvitation(invitation, collective, signer.device);
  const { version, effect } = card.invitation;
  const act = { version, effect, epoch: card.epoch, proof, behind: [...behind].sort() };
  const place = { seq: 0, prev: "", seen: [...card.heads].sort(), lamport: card.lamport + 1 };
  const event = await signEvent(signer, {
    ...{ collective, place, at: Date.now(), act: writeAct({ type: "accept", ...act }) },
    content: writeWords({ person }),
  });
  return begin(signer, event);
}

/**
 * Keep a first event, and send it. Whoever is refused has no device here; where it has yet to
 * arrive, or the node cannot be understood, it stays kept, so that it is never said a second time.
 * @param {{key: CryptoKey, device: string}} signer
 * @param {Event} event
 * @param {string} [right]
 */
async function begin(signer, event, right = "") {
  await kept.keepFirst(signer, { ...event, proved: true });
  if (right) await kept.setNote(event.collective, "founding", right);
  const replica = remembered(new Replica({ collective: event.collective, ...signer }));
  try {
    const [answer] = await replica.send();
    if (answer?.detail) throw new Refused(answer.detail, answer.void);
  } catch (error) {
    if (error instanceof Refused) await kept.forget(event.collective);
    if (!isPassing(error)) throw error;
    return replica;
  }
  try {
    await replica.enter(); // a cookie of an earlier device of this browser may still be there
    await replica.catchUp();
  } catch (error) {
    if (!isPassing(error)) throw error;
  }
  return replica;
}

/** @param {unknown} error */
function isPassing(error) {
  return error instanceof Unreachable || error instanceof NotGenuine;
}

/**
 * Become a further device of a member, with the key that another device of theirs made for it.
 * @param {string} collective
 * @param {{key: CryptoKey, device: string, epoch: string}} link what its secret held
 * @returns {Promise<Replica>}
 */
export async function becomeDevice(collective, { key, device, epoch }) {
  const replica = remembered(new Replica({ collective, device, key }));
  await replica.enter();
  await kept.keepDevice({ collective, device, key });
  try {
    await replica.catchUp();
    if ((await kept.tips(collective)).branches[device]) {
      throw new Refused(_("This link was used already: make a new one on your other device."));
    }
    await replica.sign({ type: "heard", of: epoch });
  } catch (error) {
    await kept.forget(collective);
    throw error;
  }
  return replica;
}

/**
 * Come in by a sheet of paper: its key lets in a fresh one of this browser, at the end of its own
 * chain as the node has it, and is forgotten.
 * @param {string} collective
 * @param {{key: CryptoKey, device: string}} paper
 * @returns {Promise<Replica>}
 */
export async function comeByPaper(collective, { key, device }) {
  const paper = remembered(new Replica({ collective, device, key }));
  await paper.enter();
  const next = await kept.newDevice();
  await kept.keepDevice({ collective, device, key });
  try {
    await paper.catchUp();
    const came = await admit(paper, next);
    if (!came.sent) throw new Unreachable(_("Nobody answers just now: try again with a network."));
    if (came.refused) throw new Refused(came.refused);
  } finally {
    await kept.forget(collective);
  }
  return becomeDevice(collective, { ...next, epoch: collective });
}
