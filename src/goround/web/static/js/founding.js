/**
 * Founding: a name, what it is for, and what one is called. The first event is kept in this browser
 * before the node hears of it, so nothing is founded twice where the network breaks off in between.
 * Beyond one's own machine the node asks for the secret of the link that it printed when it started.
 */

import { foundCollective } from "./beginning.js";
import { Refused, Unreachable } from "./errors.js";
import { readWords } from "./event.js";
import { register } from "./flows.js";
import { startForms } from "./forms.js";
import * as kept from "./kept.js";
import { whyNotName } from "./names.js";
import { say } from "./outcome.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";
import { askToStay } from "./staying.js";

const RIGHT = "goround founding right";

/** @type {import("./replica.js").Replica | null} */
let founded = null;

register("found", found);
keepRight();
askForLink();
startForms(null);

/** The secret of the founding link leaves the address, and stays in this tab. */
function keepRight() {
  if (location.hash.length < 2) return;
  sessionStorage.setItem(RIGHT, location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

/** Nobody fills in a form that would be refused. */
function askForLink() {
  const told = document.getElementById("without-link");
  if (!told || sessionStorage.getItem(RIGHT)) return;
  told.hidden = false;
  document.getElementById("with-link")?.setAttribute("hidden", "");
}

/** @type {import("./flows.js").Flow} */
async function found({ form, act, words }) {
  founded ??= (await unsent(words.name)) ?? (await begin(act.charter, words));
  if (!(await isSent(founded))) {
    throw new Unreachable(
      _("It is founded and kept in this browser, but nobody answers: try again in a moment."),
    );
  }
  say(form, _("Founded. Your browser may ask now whether it should keep this for good."));
  await askToStay();
  await founded.enter();
  return { then: `/c/${founded.collective}/` };
}

/** @param {import("./replica.js").Replica} replica */
async function isSent(replica) {
  if ((await replica.waiting()) === 0) return true;
  const right = sessionStorage.getItem(RIGHT);
  if (right) await kept.setNote(replica.collective, "founding", right);
  try {
    await replica.send();
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error;
  }
  return (await replica.waiting()) === 0;
}

/** @param {Record<string, string | number>} charter @param {Record<string, string>} words */
function begin(charter, { name = "", person = "", purpose = "" }) {
  for (const wanted of [name, person]) {
    const reason = whyNotName(wanted);
    if (reason) throw new Refused(reason);
  }
  const right = sessionStorage.getItem(RIGHT) ?? "";
  return foundCollective(charter, { name, person, purpose }, right);
}

/** What was founded here by that name before, and has not reached the node. @param {string} name */
async function unsent(name = "") {
  for (const { collective } of await kept.collectives()) {
    const [first, ...more] = await kept.events(collective);
    const replica = await openReplica(collective);
    const isFounding = first?.head.act.type === "found" && more.length === 0;
    if (!isFounding || !replica || (await replica.waiting()) === 0) continue;
    if (readWords(first.content).name === name) return replica;
  }
  return null;
}
