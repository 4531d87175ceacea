/**
 * For whoever is joining: the four words that stand for this device are worked out here, so that
 * nobody has to believe the node about them; and where something changed since somebody said yes,
 * they say it once more, knowing that.
 */

import { Refused } from "./errors.js";
import { register } from "./flows.js";
import { openReplica } from "./replica.js";
import { _ } from "./sentences.js";
import { fourWords } from "./words.js";

register("accept-again", async ({ act, replica }) => {
  if (!replica) throw new Refused(_("This browser is no device of yours here."));
  const { again, known, answered, behind = [] } = act;
  for (const version of behind) {
    if (known.includes(version) || answered.includes(version)) continue;
    await replica.sign({ type: "position", version, stance: "agree" });
  }
  const still = known.filter((/** @type {string} */ version) => behind.includes(version)).sort();
  return replica.sign({ type: "accept", ...again, behind: still });
});

/** The words of this very device, whatever the page says. */
class OwnWords extends HTMLElement {
  async connectedCallback() {
    const replica = await openReplica(document.body.dataset.collective ?? "");
    if (!replica) return;
    const words = await fourWords(replica.device);
    for (const [at, place] of this.querySelectorAll("li").entries()) {
      place.textContent = words[at] ?? "";
    }
  }
}

customElements.define("own-words", OwnWords);
