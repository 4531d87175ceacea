/**
 * The one connection of a browser on which a node tells that something is new. Of all tabs of a
 * collective one holds it, under a lock that passes on when it closes, and passes on what it hears.
 * What breaks off is begun again, after pauses that grow; a connection on which nothing comes for
 * long counts as broken.
 */

import { Refused, Unreachable } from "./errors.js";
import { pausing } from "./patience.js";

const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 30_000;
/** The node says something every 20 seconds. */
const DEAD_AFTER = 45_000;

/**
 * @typedef {object} Hearing what a listener does with what it hears
 * @property {(events: number) => void} changed there are so many events now
 * @property {(isConnected: boolean) => void} connected whether the node can be reached
 * @property {() => void} shut the node answers, and lets this device in no more
 */

/**
 * Listen as soon as no other tab does, for as long as this page is open or the node lets us.
 * @param {import("./replica.js").Replica} replica
 * @param {Hearing} hearing
 * @returns {Promise<void>}
 */
export function listen(replica, hearing) {
  return navigator.locks.request(`goround live ${replica.collective}`, async () => {
    let pause = FIRST_PAUSE;
    for (;;) {
      const began = Date.now();
      const isWelcome = await attempt(replica, hearing);
      if (!isWelcome) {
        hearing.shut();
        return;
      }
      hearing.connected(false);
      pause = Date.now() - began > DEAD_AFTER ? FIRST_PAUSE : pause;
      await pausing(pause * (0.5 + Math.random()));
      pause = Math.min(2 * pause, LONGEST_PAUSE);
    }
  });
}

/**
 * Listen until the connection ends; false where there is nothing to hear for us.
 * @param {import("./replica.js").Replica} replica
 * @param {Hearing} hearing
 */
async function attempt(replica, hearing) {
  try {
    const status = await hear(`/c/${replica.collective}/live`, hearing);
    if (status === 401) await replica.enter();
    return status !== 403 && status !== 404;
  } catch (error) {
    if (error instanceof Refused) return false;
    if (error instanceof Unreachable || isBroken(error)) return true;
    throw error;
  }
}

/** Tell whether it was the connection, or what came on it, that failed. @param {unknown} error */
function isBroken(error) {
  return [TypeError, DOMException, SyntaxError].some((kind) => error instanceof kind);
}

/** @param {string} path @param {Hearing} hearing @returns {Promise<number>} the node's status */
async function hear(path, hearing) {
  const ending = new AbortController();
  const alarm = setAlarm(ending);
  try {
    const headers = { Accept: "text/event-stream" };
    const answer = await fetch(path, { headers, signal: ending.signal, redirect: "error" });
    const isStream = (answer.headers.get("Content-Type") ?? "").startsWith("text/event-stream");
    if (answer.status === 200 && answer.body && isStream) {
      await follow(answer.body, hearing, alarm);
    } else ending.abort(); // a refusal, or whoever has the address of a node that is gone
    return answer.status;
  } finally {
    alarm.off();
  }
}

/** End a connection that is dead, or has no network. @param {AbortController} ending */
function setAlarm(ending) {
  const end = () => ending.abort();
  let timer = setTimeout(end, DEAD_AFTER);
  addEventListener("offline", end);
  return {
    later() {
      clearTimeout(timer);
      timer = setTimeout(end, DEAD_AFTER);
    },
    off() {
      clearTimeout(timer);
      removeEventListener("offline", end);
    },
  };
}

/**
 * @param {ReadableStream<Uint8Array>} body
 * @param {Hearing} hearing
 * @param {{later: () => void}} alarm
 */
async function follow(body, hearing, alarm) {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader();
  for (let rest = ""; ; ) {
    const { done, value } = await reader.read();
    if (done) return;
    alarm.later();
    hearing.connected(true);
    const lines = (rest + value).split("\n");
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line.startsWith("data:")) heard(line.slice("data:".length), hearing);
    }
  }
}

/** @param {string} data @param {Hearing} hearing */
function heard(data, hearing) {
  const { type, events } = JSON.parse(data);
  if (type === "changed" && Number.isSafeInteger(events)) hearing.changed(events);
}
