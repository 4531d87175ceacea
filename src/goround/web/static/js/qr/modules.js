/**
 * The small squares of a QR code: first the patterns by which it is found and measured, then its
 * words in a line that goes up and down in pairs of columns, then the mask that reads best, and
 * last the format, which says how to undo it.
 */

import { alignmentsOf, sizeOf } from "./codewords.js";
import { harms, MASKS } from "./masks.js";

const LEVEL_M = 0;
const FORMAT_MASK = 0x5412;

/**
 * Lay out the words of a QR code; true is dark.
 * @param {number} version
 * @param {number[]} words
 * @returns {boolean[][]}
 */
export function modulesOf(version, words) {
  const plan = patterns(version);
  const drawn = MASKS.map((mask) => masked(plan, words, mask));
  const scores = drawn.map(harms);
  const best = scores.indexOf(Math.min(...scores));
  writeFormat(drawn[best], best);
  writeVersion(drawn[best], version);
  return drawn[best];
}

/**
 * Draw what is the same for every text; undefined is left for the words.
 * @param {number} version
 * @returns {(boolean | undefined)[][]}
 */
function patterns(version) {
  const size = sizeOf(version);
  /** @type {(boolean | undefined)[][]} */
  const plan = Array.from({ length: size }, () => Array(size).fill(undefined));
  keepForFormat(plan, version);
  for (let at = 0; at < size; at += 1) plan[6][at] = plan[at][6] = at % 2 === 0;
  for (const middle of alignmentsOf(version)) {
    for (const other of alignmentsOf(version)) drawAlignment(plan, middle, other);
  }
  for (const [row, column] of [[3, 3], [3, size - 4], [size - 4, 3]]) drawCorner(plan, row, column);
  return plan;
}

/** @param {(boolean | undefined)[][]} plan @param {number} version */
function keepForFormat(plan, version) {
  const size = plan.length;
  for (let at = 0; at < 9; at += 1) plan[8][at] = plan[at][8] = false;
  for (let at = size - 8; at < size; at += 1) plan[8][at] = plan[at][8] = false;
  for (let at = 0; at < (version < 7 ? 0 : 18); at += 1) {
    const [near, far] = [Math.floor(at / 3), size - 11 + (at % 3)];
    plan[near][far] = plan[far][near] = false;
  }
}

/** @param {(boolean | undefined)[][]} plan @param {number} row @param {number} column */
function drawAlignment(plan, row, column) {
  const [first, last] = [6, plan.length - 7];
  const isCorner =
    (row === first && (column === first || column === last)) || (row === last && column === first);
  if (!isCorner) drawRings(plan, row, column, 2, (ring) => ring !== 1);
}

/** @param {(boolean | undefined)[][]} plan @param {number} row @param {number} column */
function drawCorner(plan, row, column) {
  drawRings(plan, row, column, 4, (ring) => ring !== 2 && ring !== 4);
}

/**
 * @param {(boolean | undefined)[][]} plan
 * @param {number} row @param {number} column of the middle
 * @param {number} radius
 * @param {(ring: number) => boolean} isDark
 */
function drawRings(plan, row, column, radius, isDark) {
  for (let down = -radius; down <= radius; down += 1) {
    for (let right = -radius; right <= radius; right += 1) {
      const line = plan[row + down];
      if (line === undefined || !(column + right in line)) continue;
      line[column + right] = isDark(Math.max(Math.abs(down), Math.abs(right)));
    }
  }
}

/**
 * @param {(boolean | undefined)[][]} plan
 * @param {number[]} words
 * @param {(row: number, column: number) => boolean} mask
 */
function masked(plan, words, mask) {
  const drawn = plan.map((row) => [...row]);
  let bit = 0;
  for (const [row, column] of path(plan.length)) {
    if (plan[row][column] !== undefined) continue;
    const isSet = ((words[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1;
    drawn[row][column] = Boolean(isSet) !== mask(row, column);
    bit += 1;
  }
  return /** @type {boolean[][]} */ (drawn);
}

/** From the right below: two columns up, two down, and past the upright line of dots. */
function* path(/** @type {number} */ size) {
  let up = true;
  for (let right = size - 1; right > 0; right -= 2) {
    if (right === 6) right = 5;
    for (let step = 0; step < size; step += 1) {
      const row = up ? size - 1 - step : step;
      yield [row, right];
      yield [row, right - 1];
    }
    up = !up;
  }
}

/** @param {boolean[][]} drawn @param {number} mask */
function writeFormat(drawn, mask) {
  const size = drawn.length;
  const told = (LEVEL_M << 3) | mask;
  const format = ((told << 10) | rest(told << 10, 0x537)) ^ FORMAT_MASK;
  for (let at = 0; at < 15; at += 1) {
    const isDark = ((format >> at) & 1) === 1;
    if (at < 8) {
      drawn[at < 6 ? at : at + 1][8] = drawn[8][size - 1 - at] = isDark;
    } else {
      drawn[8][at === 8 ? 7 : 14 - at] = drawn[size - 15 + at][8] = isDark;
    }
  }
  drawn[size - 8][8] = true;
}

/** @param {boolean[][]} drawn @param {number} version */
function writeVersion(drawn, version) {
  if (version < 7) return;
  const told = (version << 12) | rest(version << 12, 0x1f25);
  for (let at = 0; at < 18; at += 1) {
    const [near, far] = [Math.floor(at / 3), drawn.length - 11 + (at % 3)];
    drawn[near][far] = drawn[far][near] = ((told >> at) & 1) === 1;
  }
}

/** What is left when one polynomial over bits is divided by another. */
function rest(/** @type {number} */ dividend, /** @type {number} */ divisor) {
  const degree = 31 - Math.clz32(divisor);
  let left = dividend;
  while (left !== 0 && 31 - Math.clz32(left) >= degree) {
    left ^= divisor << (31 - Math.clz32(left) - degree);
  }
  return left;
}
