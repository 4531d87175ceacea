/**
 * Where every page of a collective begins: it finds the device that this browser is, lets forms be
 * sent and changes be followed, hands over what has yet to be sent, and leaves one tab of the
 * browser to sign what carries no opinion. A browser that lost its storage is told so, and how to
 * come back.
 */

import { wasLetIn } from "./door.js";
import { GoroundError, Unreachable } from "./errors.js";
import { startForms } from "./forms.js";
import { note, setNote } from "./kept.js";
import { follow } from "./live.js";
import { startMenu } from "./menu.js";
import { followFetching, say, tell } from "./notice.js";
import { beThereOffline } from "./offline.js";
import { pausing } from "./patience.js";
import { openReplica } from "./replica.js";
import { momentSeen } from "./seen.js";
import { _ } from "./sentences.js";
import { somethingCame } from "./tended.js";
import { startTimes } from "./times.js";

const FIRST_PAUSE = 2000;
const LONGEST = 60_000;

const { collective = "", name = "" } = document.body.dataset;

let isSending = false;

/**
 * Fetch and hand over, and try again as long as something has yet to be sent.
 * @param {import("./replica.js").Replica} replica
 */
async function keepSending(replica) {
  if (isSending) return;
  isSending = true;
  let pause = FIRST_PAUSE;
  try {
    for (; !(await isThrough(replica)); pause = Math.min(2 * pause, LONGEST)) await pausing(pause);
  } finally {
    isSending = false;
    say({ waiting: await replica.waiting() });
  }
}

/** @param {import("./replica.js").Replica} replica */
async function isThrough(replica) {
  try {
    await replica.catchUp();
    return true;
  } catch (error) {
    if (error instanceof Unreachable) return (await counted(replica)) === 0;
    if (!(error instanceof GoroundError)) throw error;
    tell(error.message);
    return true;
  }
}

/** Tell how much waits, on the page too. @param {import("./replica.js").Replica} replica */
async function counted(replica) {
  const waiting = await replica.waiting();
  say({ waiting });
  return waiting;
}

/** Let one tab of this browser sign what carries no opinion, from when there is something on. */
function tend() {
  navigator.locks.request(`goround tend ${collective}`, async () => {
    await somethingCame(collective);
    const code = new URL("./tending.js", import.meta.url); // of the same version as this page
    const worker = new Worker(code, { type: "module", name: collective });
    return new Promise((_resolve, reject) => {
      worker.addEventListener("error", () => {
        worker.terminate();
        reject(new Error("tending"));
      });
    });
  }).catch(() => {}); // the console tells of it, and another tab may have more luck
}

function tellOfLoss() {
  tell(
    _(
      "This browser has lost what it kept for {name}, so you can read here for a while, and say " +
        "nothing. To speak again, let yourself in from another device of yours, or ask the " +
        "others to invite you anew in your place.",
      { name },
    ),
    { href: `/c/${collective}/devices`, text: _("What to do") },
  );
}

async function start() {
  const replica = await openReplica(collective);
  startForms(replica);
  if (!replica) {
    tellOfLoss();
    return;
  }
  followFetching();
  await setNote(collective, "name", name);
  wasLetIn(collective);
  await tellOfNetwork(replica);
  beThereOffline().catch(reportError);
  follow(replica);
  replica.unsent = () => keepSending(replica);
  addEventListener("online", () => keepSending(replica));
  await keepSending(replica);
  tend();
}

/** Say how old a page is that was kept, and what waits. @param {import("./replica.js").Replica} replica */
async function tellOfNetwork(replica) {
  const reached = (await note(collective, "reached")) ?? 0;
  const waiting = await replica.waiting();
  say({ collective, reached, waiting, ...(momentSeen() ? { isConnected: false } : {}) });
  if (waiting > 0) await coverWaiting().catch(reportError);
}

async function coverWaiting() {
  const { coverAnswered } = await import("./answered.js"); // few pages need it, and those have it
  await coverAnswered();
}

startMenu();
startTimes();
start().catch((error) => tell(error.message));
