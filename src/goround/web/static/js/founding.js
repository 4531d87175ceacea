/**
 * Founding: a name, what it is for, and what one is called. The first event is kept in this browser
 * before the node hears of it, so nothing is founded twice where the network breaks off in between.
 * Beyond one's own machine the node asks for the secret of the link that it printed when it started.
 */

import { Refused, Unreachable } from "./errors.js";
import { register } from "./flows.js";
import { say, startForms } from "./forms.js";
import { whyNotName } from "./names.js";
import { foundCollective } from "./replica.js";
import { _ } from "./sentences.js";
import { askToStay } from "./staying.js";

const RIGHT = "goround founding right";

/** @type {import("./replica.js").Replica | null} */
let founded = null;

register("found", found);
keepRight();
startForms(null);

/** The secret of the founding link leaves the address, and stays in this tab. */
function keepRight() {
  if (location.hash.length < 2) return;
  sessionStorage.setItem(RIGHT, location.hash.slice(1));
  history.replaceState(null, "", location.pathname);
}

/** @type {import("./flows.js").Flow} */
async function found({ form, act, words }) {
  founded ??= await begin(act.charter, words);
  if ((await founded.waiting()) > 0) await founded.send();
  if ((await founded.waiting()) > 0) {
    throw new Unreachable(
      _("It is founded and kept in this browser, but nobody answers: try again in a moment."),
    );
  }
  say(form, _("Founded. Your browser may ask now whether it should keep this for good."));
  await askToStay();
  await founded.enter();
  return { then: `/c/${founded.collective}/` };
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
