/**
 * The card that an invitation shows, as a node may give it: whoever joins has no reason yet to trust
 * what answers there, so its shape is looked at before anything of it is read.
 */

import { isId } from "./encoding.js";
import { NotGenuine } from "./errors.js";
import { readCard } from "./node.js";
import { _ } from "./sentences.js";

/** @typedef {Record<string, any>} Card */

const CLOSED = ["used", "taken back", "undecided"];

/**
 * Fetch the card of a collective with the key of an invitation; throws NotGenuine for rubbish.
 * @param {string} collective
 * @param {{key: CryptoKey, device: string}} invitation
 * @returns {Promise<Card>}
 */
export async function fetchCard(collective, invitation) {
  const card = await readCard(collective, invitation);
  if (!isCard(card, collective)) {
    throw new NotGenuine("card", _("What answers there shows a card that cannot be read."));
  }
  return card;
}

/** @param {Card} card @param {string} collective */
function isCard(card, collective) {
  const { invitation, members } = card;
  if (card.collective !== collective || !isId(invitation?.version) || !areTexts(members)) {
    return false;
  }
  if (invitation.state !== "open") return CLOSED.includes(invitation.state);
  const isWhole = areTexts(card.charter) && areTexts(card.heads) && isId(card.epoch);
  return isWhole && Number.isSafeInteger(card.lamport) && Array.isArray(card.others);
}

/** @param {unknown} value */
function areTexts(value) {
  return Array.isArray(value) && value.every((one) => typeof one === "string");
}
