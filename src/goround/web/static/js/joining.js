/**
 * The page behind an invitation link: it shows what the collective is for, how it decides and who is
 * in it, before anything is said; then it lets somebody come in. Their yes is kept before it is
 * sent, so whoever is cut off goes on where they were and never says it twice.
 */

import { acceptInvitation } from "./beginning.js";
import { fetchCard } from "./cards.js";
import { GoroundError, Refused, Unreachable } from "./errors.js";
import { register } from "./flows.js";
import { startForms } from "./forms.js";
import * as kept from "./kept.js";
import { leaveBy } from "./leaving.js";
import { another, whyNotName } from "./names.js";
import { followFetching } from "./notice.js";
import { readSecret } from "./proofs.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";
import { fill, show, shownFace } from "./stages.js";
import { askToStay } from "./staying.js";

/** @typedef {Record<string, any>} Card */
/** @typedef {Awaited<ReturnType<typeof readSecret>>} Link */

const LOOK_AGAIN = 10_000;
/** Faces that change by themselves, or as soon as there is a network. */
const WAITING = ["kept", "unreachable", "undecided"];
const ALIKE = ["name", "purpose", "charter", "members", "others"];

const door = /** @type {HTMLElement} */ (document.querySelector("#door"));
const form = /** @type {HTMLFormElement} */ (document.querySelector("#join"));
const collective = door.dataset.collective ?? "";

/** @type {Link | null} */
let link = null;
/** @type {Card} */
let shown = {};
let isLooking = false;

for (const button of door.querySelectorAll("[data-again]")) button.addEventListener("click", open);
addEventListener("online", lookAgain);
setInterval(lookAgain, LOOK_AGAIN);
addEventListener("hashchange", () => location.reload());
followFetching();
register("join", join);
startForms(null);
open();

/** Look where this stands, and show it. */
async function open() {
  if (isLooking) return;
  isLooking = true;
  try {
    await look();
  } catch (error) {
    showError(error);
  } finally {
    isLooking = false;
  }
}

async function look() {
  const replica = await openReplica(collective);
  if (replica) return goOn(replica);
  link = await read();
  if (!link) return show("not-whole");
  return showCard(await fetchCard(collective, link));
}

function lookAgain() {
  if (!document.hidden && WAITING.includes(shownFace())) open();
}

/** @returns {Promise<Link | null>} */
async function read() {
  try {
    return await readSecret(location.hash.slice(1));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @param {unknown} error */
function showError(error) {
  if (error instanceof Unreachable) return show("unreachable");
  if (error instanceof GoroundError) return show("refused", { sentence: error.message });
  console.error(error);
  return show("refused", { sentence: _("This is a fault of the page. Nothing was sent.") });
}

/**
 * Somebody who has come in before, here: perhaps their yes has not reached the node yet. Whoever has
 * read anything is in, whatever else of theirs is on its way.
 * @param {import("./replica.js").Replica} replica
 */
async function goOn(replica) {
  const hasRead = (await kept.tips(collective)).count > 0;
  if (hasRead || (await replica.waiting()) === 0) return show("here");
  show("kept");
  try {
    await replica.send();
  } catch (error) {
    if (error instanceof Unreachable) return undefined;
    if (error instanceof Refused && (await kept.tips(collective)).count === 0) {
      await kept.forget(collective); // it let nobody in, so this browser is nobody here
    }
    throw error;
  }
  return goIn(replica);
}

/** @param {import("./replica.js").Replica} replica */
async function goIn(replica) {
  await askToStay();
  await replica.enter();
  await replica.catchUp();
  const made = await read();
  if (made && !(await isOnItsWay(replica, made.epoch))) return show("another-way");
  const home = `/c/${collective}/`;
  return leaveBy(() => location.replace(home)); // and the link is behind, also for the button back
}

/**
 * Tell whether the collective went on from where the link was made, and no other way (C23). The
 * browser judges that itself, by all that it was given.
 * @param {import("./replica.js").Replica} replica
 * @param {string} epoch
 */
async function isOnItsWay(replica, epoch) {
  const { Fold } = await import("./fold/fold.js");
  const fold = new Fold(collective);
  for (const event of await replica.events()) fold.add(event);
  return fold.view(replica.device)?.epoch.chain.has(epoch) ?? false;
}

// --------------------------------------------------------------------------------------- the card

/** @param {Card} card */
function showCard(card) {
  const { invitation, members } = card;
  shown = card;
  if (invitation.state === "open") return showOpen(card);
  return show(invitation.state, {
    at: dayOf(String(invitation.at ?? "")),
    who: String(invitation.used_by ?? ""),
    members: members.join(", "),
  });
}

/** @param {string} moment as a node tells it, or anything */
function dayOf(moment) {
  const time = Date.parse(moment);
  if (Number.isNaN(time)) return moment;
  return new Intl.DateTimeFormat(navigator.language, { dateStyle: "long" }).format(time);
}

/** @param {Card} card */
function showOpen(card) {
  const { invitation, members, charter, others } = card;
  const person = form.elements.namedItem("words.person");
  if (person instanceof HTMLInputElement && person.value === "") person.value = invitation.name;
  document.title = `${card.name} – Goround`;
  show("open", {
    ...{ name: String(card.name), by: String(invitation.by), members, charter },
    ...{ purpose: String(card.purpose), aimless: !card.purpose },
    others: others.map(choiceOf),
  });
}

/** @param {{version: string, name: string, by: string}} other */
function choiceOf({ version, name, by }) {
  const template = /** @type {HTMLTemplateElement} */ (document.querySelector("#other"));
  const made = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  fill(made, { name: String(name), by: String(by) });
  const label = /** @type {HTMLElement} */ (made.firstElementChild);
  label.querySelector("input")?.setAttribute("value", version);
  return label;
}

// --------------------------------------------------------------------------------------- joining

/** @type {import("./flows.js").Flow} */
async function join({ act, words }) {
  checkName(words.person ?? "", shown.members);
  const { key, device } = /** @type {Link} */ (link);
  const card = await fetchCard(collective, { key, device });
  if (card.invitation.state !== "open") {
    showCard(card);
    return { done: "" };
  }
  if (ALIKE.some((part) => JSON.stringify(card[part]) !== JSON.stringify(shown[part]))) {
    showCard(card);
    throw new Refused(_("Something changed while you were reading: look once more, please."));
  }
  const answer = { person: words.person, behind: act.behind ?? [] };
  const replica = await acceptInvitation(collective, key, card, answer);
  if ((await replica.waiting()) > 0) show("kept");
  else await goIn(replica);
  return { done: _("You are joining.") };
}

/** @param {string} person @param {string[]} members */
function checkName(person, members) {
  const reason = whyNotName(person, members);
  if (!reason) return;
  const name = another(person, members);
  throw new Refused(_("{reason} For example: “{name}”.", { reason, name }));
}
