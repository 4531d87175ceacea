/**
 * The one place above a page where something is told that concerns all of it: that this browser
 * lost its storage, say, or that the node refuses what was signed here. Whether anybody answers has
 * its own sign there, which also says how old a page is that was kept, and what waits to be sent.
 */

import { fetching } from "./replica.js";
import { keepsPages, momentSeen } from "./seen.js";
import { _, ngettext } from "./sentences.js";
import { spoken } from "./times.js";

/** Milliseconds after which an address may be gone for good. */
const LONG = 3 * 24 * 60 * 60 * 1000;
/** Events that are there in a moment: nothing is said of so few. */
const FEW = 300;
export const AWAY = "/away";

/** @typedef {{href: string, text: string}} Way */

/** What the sign about the network says beside how old the page is. */
const known = { isConnected: true, waiting: 0, coming: 0, reached: 0, collective: "" };

/**
 * Tell something, with a link to what can be done.
 * @param {string} sentence
 * @param {Way} [way]
 */
export function tell(sentence, way) {
  const told = toldAs(sentence, way);
  told.setAttribute("role", "alert");
  const notice = document.getElementById("notice");
  notice?.querySelector(".told:not([id])")?.remove();
  notice?.prepend(told);
}

/**
 * Put up a sign of its own, until somebody has read it.
 * @param {string} id
 * @param {{sentence: string, way: Way, done: () => Promise<void>}} said
 */
export function putUp(id, { sentence, way, done }) {
  if (document.getElementById(id)) return;
  const told = toldAs(sentence, way);
  told.id = id;
  told.setAttribute("role", "status");
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = _("I have read it");
  button.addEventListener("click", async () => {
    await done();
    told.remove();
  });
  told.firstElementChild?.append(" ", button);
  document.getElementById("notice")?.append(told);
}

/** @param {string} sentence @param {Way} [way] */
function toldAs(sentence, way) {
  const told = document.createElement("p");
  told.className = "told";
  const words = document.createElement("span");
  words.textContent = sentence;
  if (way) words.append(" ", linkTo(way));
  told.append(words);
  return told;
}

/** @param {Way} way */
function linkTo({ href, text }) {
  const link = document.createElement("a");
  link.href = href;
  link.textContent = text;
  return link;
}

/**
 * Say that the node cannot be reached just now, or take that back.
 * @param {boolean} isConnected
 */
export function setConnected(isConnected) {
  say({ isConnected });
}

/** Say, from now on, how much has yet to come while much is fetched. */
export function followFetching() {
  fetching.tell = (coming) => say({ coming });
}

/**
 * Say what is known of the network: whether anybody answers, how much has yet to come, how much
 * waits to be sent, and when somebody answered last.
 * @param {Partial<typeof known>} news
 */
export function say(news) {
  Object.assign(known, news);
  const shown = document.getElementById("unconnected");
  if (known.isConnected && known.waiting === 0 && known.coming <= FEW) {
    shown?.remove();
    return;
  }
  const told = toldAs(sentences().join(" "), wayOut());
  if (shown?.textContent === told.textContent) return;
  told.id = "unconnected";
  told.setAttribute("role", "status");
  if (shown) shown.replaceWith(told);
  else document.getElementById("notice")?.append(told);
}

function wayOut() {
  if (known.isConnected || !keepsPages()) return undefined;
  return { href: `${AWAY}#${known.collective}`, text: _("What you can do") };
}

function sentences() {
  return [...(known.isConnected ? coming() : away()), ...waiting()];
}

function coming() {
  const { coming: number } = known;
  if (number <= FEW) return [];
  const shown = new Intl.NumberFormat(navigator.language).format(number);
  return [_("Fetching what was said here before: about {shown} things to come.", { shown })];
}

function away() {
  const seen = momentSeen();
  const begins = navigator.onLine ? _("Nobody answers just now:") : _("You are offline:");
  const said = seen
    ? _("{begins} this is how it was on {when}. What you say is kept here and goes out later.", {
        begins,
        when: spoken(seen),
      })
    : _("Not connected just now. What you say is kept on this device and goes out later.");
  return [said, ...(isLongAgo(known.reached) ? [longAway()] : []), ...(seen ? [] : [reading()])];
}

/**
 * Tell whether nobody has answered for so long that the address may be gone.
 * @param {number} reached when somebody answered last, 0 where that is not known
 */
export function isLongAgo(reached) {
  return reached > 0 && Date.now() - reached > LONG;
}

function longAway() {
  return _(
    "Nobody has answered at this address since {when}. If it is gone for good, you lose nothing " +
      "but the address.",
    { when: spoken(new Date(known.reached)) },
  );
}

function reading() {
  if (keepsPages()) return _("Pages that you have seen before can be read meanwhile.");
  return _("Stay on this page: other pages need the network.");
}

function waiting() {
  const { waiting: number } = known;
  if (number === 0) return [];
  return [
    ngettext(
      "One thing that you said waits to be sent.",
      "{number} things that you said wait to be sent.",
      number,
    ),
  ];
}
