/**
 * When something was, in the zone of whoever reads and in the words of web/times.py, so that a moment
 * looks the same whether the node drew it or a script says it. A day that was set stays as it is.
 */

/** The language in which the pages are written, as it says days. */
const LANGUAGE = "en-GB";
const DAY = new Intl.DateTimeFormat(LANGUAGE, { day: "numeric", month: "long", year: "numeric" });
const HOUR = new Intl.DateTimeFormat(LANGUAGE, {
  ...{ hour: "2-digit", minute: "2-digit", hourCycle: "h23" },
});

/**
 * Say a moment.
 * @param {Date} moment
 */
export function spoken(moment) {
  return `${DAY.format(moment)}, ${HOUR.format(moment)}`;
}

/** Show the moments on a page, now and in what takes the place of its parts. */
export function startTimes() {
  showTimes(document);
  document.addEventListener("shown-anew", ({ target }) => showTimes(/** @type {Element} */ (target)));
}

/** @param {ParentNode} root */
function showTimes(root) {
  for (const time of root.querySelectorAll("time[datetime*=T]")) {
    const moment = new Date(/** @type {HTMLTimeElement} */ (time).dateTime);
    time.textContent = time.hasAttribute("data-day") ? DAY.format(moment) : spoken(moment);
  }
}
