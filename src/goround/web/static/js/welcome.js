/**
 * The first page of a node lists the collectives of this browser, by the names last seen, in the
 * place of what newcomers read; the node knows nothing of that list. Whatever was founded here and
 * has not reached the node yet is sent.
 */

import { collectives } from "./kept.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";

const place = document.getElementById("collectives");
if (place) list(place);

/** @param {HTMLElement} place */
async function list(place) {
  const known = await collectives();
  if (known.length === 0) return;
  const lines = known.map(lineOf).sort((one, other) => one.shown.localeCompare(other.shown));
  const items = document.createElement("ul");
  items.className = "list";
  items.append(...lines.map(({ line }) => line));
  place.querySelector("[data-list]")?.replaceChildren(items);
  const heading = document.createElement("h1"); // in the place of the one for newcomers
  heading.textContent = place.dataset.title ?? "";
  place.prepend(heading);
  place.hidden = false;
  document.getElementById("newcomers")?.remove(); // whoever has one knows what this is
  for (const { collective } of known) finish(collective);
}

/** @param {{collective: string, name: string}} known */
function lineOf({ collective, name }) {
  const shown = name || _("a collective whose name has not come yet");
  const [line, link, own] = ["li", "a", "bdi"].map((tag) => document.createElement(tag));
  own.textContent = shown;
  link.setAttribute("href", `/c/${collective}/`);
  link.append(own);
  line.append(link);
  return { shown, line };
}

/** Send what was signed here before the network broke off; the list does not wait for it. */
async function finish(/** @type {string} */ collective) {
  const replica = await openReplica(collective);
  if (!replica || (await replica.waiting()) === 0) return;
  await replica.send().catch(() => {}); // the round tries again, and says what is wrong
}
