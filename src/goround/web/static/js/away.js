/**
 * What can be done where nobody answers, filled from what this browser keeps and from nothing else:
 * what was seen can be read, what was said waits, all of it can be taken along as a file, and
 * whoever has to go elsewhere lets a new device of theirs in there, with a signature that travels in
 * that file. The worker shows this page too in the place of one that was never seen.
 */

import { saveCopy } from "./copy.js";
import { letIn } from "./enrolling.js";
import { Refused } from "./errors.js";
import { Fold } from "./fold/fold.js";
import { register } from "./flows.js";
import { startForms } from "./forms.js";
import * as kept from "./kept.js";
import { showLink } from "./links.js";
import { isLongAgo, tell } from "./notice.js";
import { namesOfWaiting } from "./outgoing.js";
import { openReplica } from "./replica.js";
import { seenPages } from "./seen.js";
import { _ } from "./sentences.js";
import { spoken } from "./times.js";

const AWAY = "/away";

/** The collective that this page is about, or "" where that has to be asked. */
async function wanted() {
  const [, first, named] = location.pathname.split("/");
  if (first === "c" && named) return named;
  if (location.hash.length > 1) return location.hash.slice(1);
  const known = await kept.collectives();
  return known.length === 1 ? known[0].collective : "";
}

async function start() {
  const collective = await wanted();
  const replica = collective ? await openReplica(collective) : null;
  show("unseen", location.pathname !== AWAY);
  if (!replica) {
    startForms(null);
    await askWhich();
    return;
  }
  document.body.dataset.name = (await kept.note(collective, "name")) ?? "";
  startForms(replica);
  await showAll(replica);
}

/** @param {string} id @param {boolean} isShown */
function show(id, isShown) {
  document.getElementById(id)?.toggleAttribute("hidden", !isShown);
}

async function askWhich() {
  const known = await kept.collectives();
  show("none", known.length === 0);
  const places = known.map(({ collective, name }) => ({
    path: `${AWAY}#${collective}`,
    title: name || _("a collective whose name has not come yet"),
  }));
  list("which", places.map(linked));
}

/** @param {string} id @param {HTMLElement[]} lines */
function list(id, lines) {
  document.querySelector(`#${id} [data-list]`)?.replaceChildren(...lines);
  show(id, lines.length > 0);
}

/** @param {import("./replica.js").Replica} replica */
async function showAll(replica) {
  const { collective } = replica;
  for (const place of document.querySelectorAll("[data-called]")) {
    place.textContent = document.body.dataset.name ?? "";
  }
  await tellWhen(collective);
  list("waiting", await waiting(collective));
  list("seen", (await seenPages(collective)).map(linked));
  document.getElementById("again")?.addEventListener("click", () => again(replica));
  show("away", true);
}

/** @param {string} collective */
async function tellWhen(collective) {
  const place = /** @type {HTMLElement} */ (document.getElementById("reached"));
  const { lately = "", long = "", never = "" } = place.dataset;
  const reached = (await kept.note(collective, "reached")) ?? 0;
  const said = isLongAgo(reached) ? long : lately;
  place.textContent = reached ? _(said, { when: spoken(new Date(reached)) }) : never;
}

/** @param {{path: string, title: string, at?: string}} page */
function linked({ path, title, at = "" }) {
  const [line, link, own] = ["li", "a", "bdi"].map((tag) => document.createElement(tag));
  own.textContent = title;
  link.setAttribute("href", path);
  link.append(own);
  line.append(link);
  if (at) line.append(" ", quiet(spoken(new Date(at))));
  return line;
}

/** @param {string} text */
function quiet(text) {
  const own = document.createElement("span");
  own.className = "quiet";
  own.textContent = text;
  return own;
}

/** @param {string} collective */
async function waiting(collective) {
  return (await namesOfWaiting(collective)).map((name) => {
    const line = document.createElement("li");
    line.textContent = name;
    return line;
  });
}

/** @param {import("./replica.js").Replica} replica */
async function again(replica) {
  try {
    await replica.catchUp();
  } catch (error) {
    tell(/** @type {Error} */ (error).message);
    return;
  }
  location.assign(location.pathname === AWAY ? `/c/${replica.collective}/` : location.href);
}

register("elsewhere", async ({ words, replica }) => {
  if (!replica) throw new Refused(_("This browser is no device of yours here."));
  const origin = originOf(words.address);
  const { came, link } = await letIn(replica, { epoch: await epochOf(replica), origin });
  await saveCopy(replica.collective);
  const place = document.querySelector("#device-link");
  const label = _("The link for your device elsewhere, to scan");
  if (place) showLink(place, link, { label, text: _("My device elsewhere:") });
  list("waiting", await waiting(replica.collective));
  return { ...came, sent: true, done: _("The file is in your downloads, and the link below.") };
});

/** @param {string} address */
function originOf(address) {
  try {
    const { origin, protocol } = new URL(address.trim());
    if (origin !== location.origin && /^https?:$/.test(protocol)) return origin;
  } catch {
    // said below
  }
  throw new Refused(
    _("This is no address of another node: it begins with https:// and is not this one."),
  );
}

/** Work out in which constitution the new device begins. @param {import("./replica.js").Replica} replica */
async function epochOf(replica) {
  const fold = new Fold(replica.collective);
  for (const { row: _row, ...event } of await replica.events()) fold.add(event);
  const epoch = fold.epoch(replica.device);
  if (!epoch) throw new Refused(_("Nothing of this collective has reached this browser yet."));
  return epoch.id;
}

addEventListener("hashchange", () => location.reload());
start().catch((error) => tell(error.message));
