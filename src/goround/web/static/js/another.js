/**
 * The page behind a device link: it makes this browser a further device of whoever made the link.
 * The secret in the link becomes a key that nobody can read any more, and is forgotten.
 */

import { becomeDevice } from "./beginning.js";
import { Refused } from "./errors.js";
import { register } from "./flows.js";
import { startForms } from "./forms.js";
import { handOverFile } from "./handing.js";
import { leaveBy } from "./leaving.js";
import { followFetching } from "./notice.js";
import { say } from "./outcome.js";
import { readSecret } from "./proofs.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";
import { show } from "./stages.js";
import { askToStay } from "./staying.js";

const door = /** @type {HTMLElement} */ (document.querySelector("#door"));
const collective = door.dataset.collective ?? "";

addEventListener("hashchange", () => location.reload());
register("become", become);
register("hand-over", handOver);
followFetching();
startForms(null);
look();

async function look() {
  if (await openReplica(collective)) show("here");
  else if (!(await read())) show("not-whole");
}

async function read() {
  try {
    return await readSecret(location.hash.slice(1));
  } catch (error) {
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** @type {import("./flows.js").Flow} */
async function become({ form }) {
  const link = await read();
  if (!link) {
    show("not-whole");
    return { done: "" };
  }
  try {
    const replica = await becomeDevice(collective, link);
    say(form, _("This device speaks for you now. Your browser may ask whether to keep this."));
    await askToStay();
    await replica.enter();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    show(error.reason === "not-a-reader" ? "unheard" : "refused");
    return { done: "" };
  }
  const home = `/c/${collective}/`;
  leaveBy(() => location.replace(home)); // and the link is behind, also for the button back
  return { done: _("This device speaks for you now.") };
}

/** @type {import("./flows.js").Flow} */
async function handOver(sent) {
  const field = /** @type {HTMLInputElement} */ (sent.form.elements.namedItem("file"));
  const [file] = field.files ?? [];
  if (!file) throw new Refused(_("Choose the file first."));
  await handOverFile(collective, await file.text());
  return become(sent);
}
