/**
 * The pages that this browser has seen of a collective, as its worker (worker.js) keeps them to be
 * read where nobody answers. They are for this browser alone, and go with everything else that it
 * keeps; where words were erased all of them go, because the words may stand on any.
 */

/** @typedef {{path: string, title: string, at: string}} Seen */

const SEEN = "goround seen ";

/**
 * Tell when the page that is open was drawn, where it was last seen and not asked for now.
 * @returns {Date | null}
 */
export function momentSeen() {
  const { seen } = document.body.dataset;
  return seen ? new Date(seen) : null;
}

/** What is shown is as it is now. */
export function isAnew() {
  delete document.body.dataset.seen;
}

/** Tell whether what was seen can be read where nobody answers. */
export function keepsPages() {
  return Boolean(navigator.serviceWorker?.controller);
}

/**
 * Forget the pages of a collective.
 * @param {string} collective
 */
export async function forgetSeen(collective) {
  await mayKeep()?.delete(SEEN + collective).catch(() => {}); // what may not be kept is not there
}

/** Where a browser lets no pages be kept, there is nothing to ask. */
export function mayKeep() {
  return typeof caches === "undefined" ? null : caches;
}

/**
 * Give the pages of a collective that were seen, those that were kept last first.
 * @param {string} collective
 * @returns {Promise<Seen[]>}
 */
export async function seenPages(collective) {
  if (!(await mayKeep()?.has(SEEN + collective).catch(() => false))) return [];
  const seen = await caches.open(SEEN + collective);
  const addresses = (await seen.keys()).reverse();
  return Promise.all(addresses.map((address) => described(seen, address)));
}

/** @param {Cache} seen @param {Request} address @returns {Promise<Seen>} */
async function described(seen, address) {
  const words = (await (await seen.match(address, { ignoreVary: true }))?.text()) ?? "";
  const { pathname, search } = new URL(address.url);
  const { title, body } = new DOMParser().parseFromString(words, "text/html");
  const { name = "", seen: at = "" } = body.dataset;
  return { path: pathname + search, title: title.replace(` – ${name}`, ""), at };
}
