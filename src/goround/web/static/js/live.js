/**
 * What is new appears on every open page by itself: the page is fetched again, and its parts that
 * differ take the place of the old ones. One tab of the browser hears of it and tells the others;
 * each tells once, to whoever reads with their ears too, what changed. While the node cannot be
 * reached, the page says so calmly.
 */

import { announce } from "./announcing.js";
import { restoreDrafts } from "./drafts.js";
import { NotGenuine, Refused, Unreachable } from "./errors.js";
import { leaveBy } from "./leaving.js";
import { listen } from "./listening.js";
import { setConnected, tell } from "./notice.js";
import { isBegun, update } from "./parts.js";
import { isAnew, momentSeen } from "./seen.js";
import { _ } from "./sentences.js";

/** @typedef {{events?: number, isConnected?: boolean, isShut?: boolean}} Told */

const GRACE = 3000;
/** Nothing is fetched more often than this, however much happens. */
const AT_MOST_EVERY = 300;
const LONGEST_PAUSE = 60_000;

/** @type {import("./replica.js").Replica | null} */
let known = null;
let wanted = eventsOf(document);
/** @type {Promise<void> | null} */
let refreshing = null;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let unreached;
let inVain = 0;

/** @param {Document} page how many events there were when it was drawn */
function eventsOf(page) {
  return Number.parseInt(page.body.dataset.events ?? "0", 10);
}

/**
 * Follow a collective while this page is open.
 * @param {import("./replica.js").Replica} replica
 */
export function follow(replica) {
  known = replica;
  const channel = new BroadcastChannel(`goround live ${replica.collective}`);
  /** @type {Told} what the leading tab heard last */
  const last = {};
  const pass = (/** @type {Told} */ told) => {
    Object.assign(last, told);
    channel.postMessage(told);
    take(told);
  };
  channel.addEventListener("message", ({ data }) => {
    if (!data.isAsking) take(data);
    else if (last.isConnected !== undefined) channel.postMessage(last);
  });
  channel.postMessage({ isAsking: true });
  addEventListener("offline", () => setConnected(false));
  if (!navigator.onLine) setConnected(false);
  document.addEventListener("visibilitychange", catchUp);
  listen(replica, {
    changed(events) {
      pass({ events });
      pulled(replica).catch(reportError);
    },
    connected(isConnected) {
      if (isConnected !== last.isConnected) pass({ isConnected });
    },
    shut: () => pass({ isShut: true }),
  }).catch(reportError);
}

/** Fetch what is new into this browser, so that it signs what it owes. @param {any} replica */
async function pulled(replica) {
  try {
    await replica.catchUp();
  } catch (error) {
    if (error instanceof NotGenuine) return tell(error.message);
    if (!(error instanceof Unreachable || error instanceof Refused)) throw error;
  }
}

/** @param {Told} told */
function take({ events, isConnected, isShut }) {
  if (isShut) shut().catch(reportError);
  if (isConnected !== undefined) noteConnection(isConnected);
  if (events === undefined || events <= wanted) return;
  wanted = events;
  catchUp();
}

/** A connection that is back at once was never gone. @param {boolean} isConnected */
function noteConnection(isConnected) {
  clearTimeout(unreached);
  if (isConnected) back();
  else unreached = setTimeout(() => setConnected(false), GRACE);
}

/**
 * The node answers, and this device hears nothing there any more: where it reads nothing either, the
 * page that says why takes the place of this one, so that nobody waits for a network that is there.
 */
async function shut() {
  noteConnection(true);
  const asked = fetch(location.pathname, { headers: { Accept: "text/html" } });
  const answer = await asked.catch(() => null); // nobody may answer by now
  if (answer?.status !== 403) return;
  const why = { href: location.href, text: _("Why, and how you come in") };
  if (isBegun()) tell(_("This device is not let in here any more: nothing goes out from it."), why);
  else leaveBy(() => location.reload());
}

/** Somebody answers again: a page that was kept is shown as it is now. */
function back() {
  setConnected(true);
  if (momentSeen()) refresh().catch(reportError);
}

/** Show what is new, once at a time, and only where somebody may be looking. */
function catchUp() {
  if (document.hidden || refreshing || wanted <= eventsOf(document)) return;
  refreshing = shownAnew()
    .then((isShown) => {
      inVain = isShown ? 0 : inVain + 1;
      return pause(isShown ? AT_MOST_EVERY : Math.min(GRACE * 2 ** inVain, LONGEST_PAUSE));
    })
    .catch(reportError)
    .finally(() => {
      refreshing = null;
      catchUp();
    });
}

/** @param {number} ms @returns {Promise<void>} */
function pause(ms) {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

/**
 * Fetch this page again and show what differs, also where the given form stands.
 * @param {HTMLFormElement} [form]
 */
export async function refresh(form) {
  await shownAnew(form);
}

/** @param {HTMLFormElement} [form] @returns {Promise<boolean>} false where there was no page */
async function shownAnew(form) {
  const fresh = await latest();
  if (!fresh) return false;
  if (isAnother(fresh) && !isBegun()) return leaveBy(() => location.reload());
  const events = eventsOf(fresh);
  wanted = Math.max(wanted, events);
  document.body.dataset.events = String(Math.max(events, eventsOf(document)));
  document.title = fresh.title;
  const said = update(fresh, form);
  isAnew();
  restoreDrafts(document);
  if (!form && said.length > 0) announce(said.join(" "));
  return true;
}

/** A page that a newer one overtook on its way is fetched again. @returns {Promise<Document | null>} */
async function latest() {
  const fresh = await fetched();
  return fresh && eventsOf(fresh) < eventsOf(document) ? fetched() : fresh;
}

/** @returns {Promise<Document | null>} */
async function fetched() {
  const address = location.pathname + location.search;
  const ask = () => fetch(address, { headers: { Accept: "text/html" }, redirect: "error" });
  try {
    let answer = await ask();
    if (answer.status === 401 && known) {
      await known.enter(); // the node was started anew, or nobody looked for long
      answer = await ask();
    }
    if (!answer.ok) return null;
    return new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    return null; // nobody answers, or says no: what is shown stays
  }
}

/** Tell whether another page stands here now: for a member, say. @param {Document} fresh */
function isAnother(fresh) {
  return fresh.body.dataset.as !== document.body.dataset.as;
}

