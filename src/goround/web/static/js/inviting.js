/**
 * Invitations: the key of each is made here, only its public half goes into the proposal, and the
 * link is shown by the browser that made it. Where that browser is lost, so is the link, and a new
 * invitation takes the place of the old one.
 */

import { Refused } from "./errors.js";
import { register } from "./flows.js";
import { invitationSeed, newInvitation } from "./kept.js";
import { showLink } from "./links.js";
import { whyNotName } from "./names.js";
import { writeSecret } from "./proofs.js";
import { _ } from "./sentences.js";

/** @typedef {import("./replica.js").Replica} Replica */

register("invite", async ({ act, words, replica }) => {
  const { name = "", why = "" } = words;
  const others = act.names.filter((/** @type {string} */ other) => other !== act.lost);
  const reason = whyNotName(name, others);
  if (reason) throw new Refused(reason);
  const came = await putForward(ours(replica), { name, why, replaces: act.replaces });
  const done = act.alone
    ? _("{name}’s link is ready, here.", { name })
    : _("{name}’s link is here, and opens once everybody has said yes.", { name });
  return { ...came, done, made: `invitation-${came.id}` };
});

register("invite-again", async ({ act, replica }) => {
  const { version, name, why, replaces } = act;
  await ours(replica).sign({ type: "take_back", version });
  return putForward(ours(replica), { name, why, replaces });
});

/** @param {Replica | null} replica */
function ours(replica) {
  if (replica) return replica;
  throw new Refused(_("This browser is no device of yours here: it cannot say anything."));
}

/**
 * Propose to invite somebody; putting it forward is one's own yes.
 * @param {Replica} replica
 * @param {{name: string, why: string, replaces?: string}} whom
 */
async function putForward(replica, { name, why, replaces }) {
  const key = await newInvitation(replica.collective);
  const effect = { do: "invite", name, key, ...(replaces ? { replaces } : {}) };
  const words = {
    title: _("Invite {name}", { name }),
    text: why || _("{name} joins us.", { name }),
  };
  return replica.sign({ type: "propose", matter: "membership", effects: [effect] }, words);
}

/** One invitation on the page: with the link where this browser has it, and why not elsewhere. */
class InvitationLink extends HTMLElement {
  async connectedCallback() {
    const { key = "", epoch = "" } = this.dataset;
    const { collective = "" } = document.body.dataset;
    const seed = await invitationSeed(collective, key);
    this.querySelector("[data-unscripted]")?.remove();
    if (!seed) {
      this.querySelector("[data-having]")?.remove();
      this.toggleAttribute("data-shown", true);
      return;
    }
    this.querySelector("[data-lacking]")?.remove();
    this.#show(`${location.origin}/c/${collective}/join#${writeSecret(seed, epoch)}`);
    this.toggleAttribute("data-shown", true);
  }

  /** @param {string} link */
  #show(link) {
    const { name = "", collective = "" } = this.dataset;
    const place = this.querySelector("[data-place]");
    if (!place) return;
    showLink(place, link, {
      label: _("The link for {name}, to scan", { name }),
      text: _("Join {collective}:", { collective }),
    });
  }
}

customElements.define("invitation-link", InvitationLink);
