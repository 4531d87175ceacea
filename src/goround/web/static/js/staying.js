/**
 * Browsers throw away what pages store when they run out of room, and with it who somebody is. A
 * page can ask to be spared; it asks just after somebody has founded or joined, when the reason is
 * plain, and says on the page about devices what came of it.
 */

const LONGEST = 20_000;

/**
 * Ask the browser to keep what is stored here; it may ask its person, who may leave it at that.
 * @returns {Promise<boolean>}
 */
export async function askToStay() {
  const unanswered = new Promise((resolve) => setTimeout(resolve, LONGEST, false));
  try {
    return await Promise.race([navigator.storage.persist(), unanswered]);
  } catch {
    return false; // some browsers have no such promise to give
  }
}

/**
 * Tell whether the browser has promised to keep it.
 * @returns {Promise<boolean>}
 */
export async function isKept() {
  try {
    return await navigator.storage.persisted();
  } catch {
    return false;
  }
}
