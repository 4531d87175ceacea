/**
 * A member's own feed: its address is made by the node and shown here once, to be put into a feed
 * reader. Making a new one ends the one before.
 */

import { Refused } from "./errors.js";
import { register } from "./flows.js";
import { ask } from "./node.js";
import { part } from "./patience.js";
import { _ } from "./sentences.js";

/** @typedef {import("./replica.js").Replica} Replica */

register("renew-feed", async ({ replica }) => {
  const { showLink } = await part(import("./links.js"));
  const answer = await asked(replica, "feed");
  const { url } = await answer.json();
  const place = document.querySelector("#feed-link");
  if (place) showLink(place, url, { label: _("Your feed, to scan"), text: _("My feed:") });
  offerToEnd(true);
  return {};
});

register("end-feed", async ({ replica }) => {
  await asked(replica, "feed/end");
  document.querySelector("#feed-link")?.replaceChildren();
  offerToEnd(false);
  return {};
});

/** Only a feed that there is can end. @param {boolean} isThere */
function offerToEnd(isThere) {
  document.querySelector("#end-feed")?.toggleAttribute("hidden", !isThere);
}

/**
 * Ask in the session of this browser, which may have ended.
 * @param {Replica | null} replica
 * @param {string} name
 */
async function asked(replica, name) {
  if (!replica) throw new Refused(_("This browser is no device of yours here."));
  const path = `/c/${replica.collective}/${name}`;
  try {
    return await ask("POST", path);
  } catch (error) {
    if (!(error instanceof Refused && error.status === 401)) throw error;
    await replica.enter();
    return ask("POST", path);
  }
}
