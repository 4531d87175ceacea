/**
 * Whether a tab tries the shut door of a collective for the first time: after it has shown who it
 * is, the page is loaded anew once, and never again and again.
 */

/**
 * Tell whether this tab tries for the first time since it was last let in.
 * @param {string} collective
 */
export function isFirstTry(collective) {
  try {
    const isFirst = sessionStorage.getItem(`goround door ${collective}`) === null;
    sessionStorage.setItem(`goround door ${collective}`, "tried");
    return isFirst;
  } catch {
    return false; // nothing can be kept here, so nobody would know the second time
  }
}

/**
 * Note that the door was open.
 * @param {string} collective
 */
export function wasLetIn(collective) {
  try {
    sessionStorage.removeItem(`goround door ${collective}`);
  } catch {
    // nothing was kept, so there is nothing to forget
  }
}
