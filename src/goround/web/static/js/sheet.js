/**
 * The page that a sheet of paper leads to: scanned, or with its words typed, it lets this browser in
 * as a further device. The key on the paper signs that one thing, and is forgotten here.
 */

import { comeByPaper } from "./beginning.js";
import { Refused } from "./errors.js";
import { register } from "./flows.js";
import { startForms } from "./forms.js";
import { leaveBy } from "./leaving.js";
import { followFetching } from "./notice.js";
import { say } from "./outcome.js";
import { misread, readPaper } from "./paper.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";
import { show } from "./stages.js";
import { askToStay } from "./staying.js";

const door = /** @type {HTMLElement} */ (document.querySelector("#door"));
const collective = door.dataset.collective ?? "";
const scanned = location.hash.slice(1);
// The sheet is good for years, so what it says goes neither into the history nor over a shoulder.
if (scanned) history.replaceState(null, "", location.pathname + location.search);

addEventListener("hashchange", () => location.reload());
register("come-by-paper", come);
followFetching();
startForms(null);
look();

async function look() {
  if (await openReplica(collective)) show("here");
  const typed = document.querySelector("#typed");
  if (typed instanceof HTMLElement) typed.hidden = Boolean(scanned && (await readPaper(scanned)));
}

/** @type {import("./flows.js").Flow} */
async function come({ form }) {
  const field = /** @type {HTMLTextAreaElement} */ (form.elements.namedItem("sheet"));
  const paper = await readPaper(field.value.trim() || scanned);
  if (!paper) throw new Refused(misread(field.value));
  try {
    const replica = await comeByPaper(collective, paper);
    say(form, _("This device speaks for you now. Your browser may ask whether to keep this."));
    await askToStay();
    await replica.enter();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    show("refused");
    return { done: "" };
  }
  const home = `/c/${collective}/`;
  leaveBy(() => location.replace(home)); // and the secret is behind, also for the button back
  return { done: _("This device speaks for you now.") };
}
