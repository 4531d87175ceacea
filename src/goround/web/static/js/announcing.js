/**
 * Sentences for whoever reads with their ears too, one after the other: what others did while
 * somebody was answering does not take the place of what came of the answer before it was heard.
 */

/** How long each sentence stays before the next may take its place, in ms. */
const HEARD_AFTER = 2500;
/** Where more than this waits, the oldest is not news any more. */
const MOST_WAITING = 4;

/** @type {string[]} */
const waiting = [];
let isSpeaking = false;

/**
 * Say something once.
 * @param {string} sentence
 */
export function announce(sentence) {
  if (!sentence || waiting.includes(sentence)) return;
  waiting.push(sentence);
  if (waiting.length > MOST_WAITING) waiting.shift();
  if (!isSpeaking) speak();
}

function speak() {
  const announcer = document.getElementById("announcer");
  const sentence = waiting.shift();
  isSpeaking = announcer !== null && sentence !== undefined;
  if (!announcer || sentence === undefined) return;
  announcer.textContent = "";
  setTimeout(() => {
    announcer.textContent = sentence;
  }, 50); // the same sentence again is heard again
  setTimeout(speak, HEARD_AFTER);
}
