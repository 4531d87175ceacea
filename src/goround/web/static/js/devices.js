/**
 * One's own devices: a link that makes another browser one of them, leaving this one, and what this
 * browser has promised about keeping things. The key in a device link is made here and kept nowhere.
 */

import { GoroundError, Refused } from "./errors.js";
import { register } from "./flows.js";
import { program, whatChanged } from "./offline.js";
import { part } from "./patience.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";
import { askToStay, isKept } from "./staying.js";
import { spoken } from "./times.js";

/** @typedef {import("./replica.js").Replica} Replica */

const BROWSERS = [
  ...[["Firefox", "Firefox/"], ["Edge", "Edg/"], ["Chrome or Chromium", "Chrome/"]],
  ...[["Safari", "Safari/"]],
];
const SYSTEMS = [
  ...[["Android", "Android"], ["an iPhone", "iPhone"], ["an iPad", "iPad"]],
  ...[["a Mac", "Mac OS"], ["Windows", "Windows"], ["Linux", "Linux"]],
];

register("device-add", async ({ act, words, replica }) => {
  const { letIn } = await part(import("./enrolling.js"));
  const { showLink } = await part(import("./links.js"));
  const where = { epoch: act.epoch, origin: location.origin };
  const { came, link } = await letIn(own(replica), where, words);
  const place = document.querySelector("#device-link");
  if (place) {
    const label = _("The link for your other device, to scan");
    showLink(place, link, { label, text: _("My other device:") });
  }
  return came;
});

register("device-paper", async (sent) => {
  const { makeSheet } = await part(import("./papering.js"));
  return makeSheet(sent);
});

register("leave-device", async ({ act, replica }) => {
  const ours = own(replica);
  await ours.catchUp(); // whoever cannot be reached would never hear of it
  const { forgetAll } = await part(import("./forgetting.js"));
  if (act.as === "member") await goodbye(ours, { type: "device_retire", device: ours.device });
  if (act.as === "joining") await goodbye(ours, { type: "leave" });
  await forgetAll(ours.collective);
  return { then: "/" };
});

/** Say it, and be sure that it was heard. @param {Replica} replica @param {object} act */
async function goodbye(replica, act) {
  const { sent, refused } = await replica.sign(act);
  if (sent && !refused) return;
  throw new GoroundError(
    refused || _("Nobody answers just now, so nothing was deleted: try again with a network."),
  );
}

/** @param {Replica | null} replica */
function own(replica) {
  if (replica) return replica;
  throw new Refused(_("This browser is no device of yours here: it cannot say anything."));
}

// ------------------------------------------------------------------------------------ this browser

/** Tells one's browsers apart, by a guess that is shown to oneself alone. */
class ThisBrowser extends HTMLElement {
  connectedCallback() {
    const guess = guessed(navigator.userAgent);
    if (guess) this.textContent = `${guess}. `;
  }
}

customElements.define("this-browser", ThisBrowser);

/** @param {string} agent */
function guessed(agent) {
  const [browser] = BROWSERS.find(([, sign]) => agent.includes(sign)) ?? [""];
  const [system] = SYSTEMS.find(([, sign]) => agent.includes(sign)) ?? [""];
  return browser && system ? _("{browser} on {system}", { browser, system }) : browser;
}

const storage = document.querySelector("#storage");
const offer = document.querySelector("#ask-to-stay");
if (storage instanceof HTMLElement && offer instanceof HTMLElement) {
  offer.querySelector("button")?.addEventListener("click", async () => {
    const isPromised = await askToStay();
    await tellOfStorage(storage, offer);
    if (!isPromised) storage.textContent = storage.dataset.refused ?? "";
  });
  tellOfStorage(storage, offer);
}

/** @param {HTMLElement} storage @param {HTMLElement} offer */
async function tellOfStorage(storage, offer) {
  const kept = await isKept();
  storage.textContent = (kept ? storage.dataset.kept : storage.dataset.loose) ?? "";
  offer.hidden = kept;
}

/** Say whether pages are kept, and name the program that signs. */
async function tellOfWorker() {
  const place = document.querySelector("#offline");
  if (!(place instanceof HTMLElement)) return;
  const known = await program();
  const { is = "", isNot = "" } = place.dataset;
  place.textContent = known
    ? [_(is, { program: known.program, since: spoken(new Date(known.since)) }), whatChanged(known)]
        .join(" ")
        .trim()
    : isNot;
}

tellOfWorker();

/** Whoever comes here because the browser lost everything reads first what can be done. */
async function openForTheLost() {
  const details = document.querySelector("#lost details");
  const { collective = "" } = document.body.dataset;
  if (!(details instanceof HTMLDetailsElement) || (await openReplica(collective))) return;
  details.open = true;
  details.scrollIntoView();
}

openForTheLost();
