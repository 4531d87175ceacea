/**
 * What a QR code says, before it is drawn: the bytes of a text, filled up to the size of a version,
 * in blocks that each can lose some of their words and still be read (ISO/IEC 18004, level M, byte
 * mode). A link fits into version 10 or so; nothing here needs more than version 16.
 */

import { bytes } from "../encoding.js";
import { GoroundError } from "../errors.js";
import { _ } from "../sentences.js";

/** By version from 1 on: words that mend a block, and in how many blocks the words are. */
const BLOCKS = [
  ...[[10, 1], [16, 1], [26, 1], [18, 2], [24, 2], [16, 4], [18, 4], [22, 4]],
  ...[[22, 5], [26, 5], [30, 5], [22, 8], [22, 9], [24, 9], [24, 10], [28, 10]],
];
const BYTE_MODE = 4;
const FILLING = [0xec, 0x11];

/**
 * Write a text as the words of a QR code, in the smallest version that holds it.
 * @param {string} text
 * @returns {{version: number, words: number[]}}
 */
export function codewordsOf(text) {
  const said = [...bytes(text)];
  const version = BLOCKS.findIndex((_blocks, at) => said.length <= roomIn(at + 1)) + 1;
  if (version === 0) throw new GoroundError(_("This is too long for a picture: copy it instead."));
  return { version, words: interleaved(version, filled(said, version)) };
}

/**
 * Give the number of modules along one side.
 * @param {number} version
 */
export function sizeOf(version) {
  return 17 + 4 * version;
}

/**
 * Give the middles of the small squares by which a reader finds its way, along one side.
 * @param {number} version
 * @returns {number[]}
 */
export function alignmentsOf(version) {
  if (version === 1) return [];
  const [count, last] = [Math.floor(version / 7) + 2, sizeOf(version) - 7];
  const step = Math.ceil((last - 6) / (2 * (count - 1))) * 2;
  const others = Array.from({ length: count - 1 }, (_none, at) => last - at * step);
  return [6, ...others.reverse()];
}

/** How many words there are in all: what patterns and formats leave. @param {number} version */
function wordsIn(version) {
  const [size, count] = [sizeOf(version), alignmentsOf(version).length];
  const finders = 3 * 64 + 31 + 2 * (size - 16);
  const alignments = count === 0 ? 0 : (count * count - 3) * 25 - 2 * (count - 2) * 5;
  const versions = version < 7 ? 0 : 36;
  return Math.floor((size * size - finders - alignments - versions) / 8);
}

/** @param {number} version */
function dataIn(version) {
  const [mending, blocks] = BLOCKS[version - 1];
  return wordsIn(version) - mending * blocks;
}

/** How many bytes of text fit: there are 4 bits of mode and 8 or 16 of length. */
function roomIn(/** @type {number} */ version) {
  return dataIn(version) - (version < 10 ? 2 : 3);
}

/** @param {number[]} said @param {number} version */
function filled(said, version) {
  const length = version < 10 ? [said.length] : [said.length >> 8, said.length & 0xff];
  const whole = [...length, ...said];
  const halves = [BYTE_MODE, ...whole.flatMap((byte) => [byte >> 4, byte & 15]), 0];
  const words = [];
  for (let at = 0; at < halves.length; at += 2) words.push((halves[at] << 4) | halves[at + 1]);
  for (let at = 0; words.length < dataIn(version); at += 1) words.push(FILLING[at % 2]);
  return words;
}

/** Deal the words out to blocks, mend each, and take them up again in turns. */
function interleaved(/** @type {number} */ version, /** @type {number[]} */ words) {
  const [mending, count] = BLOCKS[version - 1];
  const short = Math.floor(words.length / count);
  const longer = words.length % count;
  const generator = generatorOf(mending);
  const blocks = Array.from({ length: count }, (_none, at) => {
    const start = at * short + Math.max(0, at - (count - longer));
    return words.slice(start, start + short + (at >= count - longer ? 1 : 0));
  });
  const mends = blocks.map((block) => remainder(block, generator));
  return [...inTurns(blocks), ...inTurns(mends)];
}

/** @param {number[][]} rows */
function inTurns(rows) {
  const longest = Math.max(...rows.map((row) => row.length));
  const turns = Array.from({ length: longest }, (_none, at) => rows.map((row) => row[at]));
  return turns.flat().filter((word) => word !== undefined);
}

// Reed and Solomon's code: arithmetic in the field of 256, where 2 is a root of 0x11d.

/** @param {number} one @param {number} other */
function times(one, other) {
  let product = 0;
  for (let bit = 7; bit >= 0; bit -= 1) {
    product = (product << 1) ^ (product & 0x80 ? 0x11d : 0);
    if ((other >> bit) & 1) product ^= one;
  }
  return product;
}

/** @param {number} degree @returns {number[]} coefficients after the leading 1 */
function generatorOf(degree) {
  let [factors, root] = [[1], 1];
  for (let at = 0; at < degree; at += 1) {
    const shifted = [...factors, 0];
    factors = shifted.map((one, place) => one ^ times(shifted[place - 1] ?? 0, root));
    root = times(root, 2);
  }
  return factors.slice(1);
}

/** @param {number[]} words @param {number[]} generator */
function remainder(words, generator) {
  const rest = generator.map(() => 0);
  for (const word of words) {
    const factor = word ^ /** @type {number} */ (rest.shift());
    rest.push(0);
    for (const [at, one] of generator.entries()) rest[at] ^= times(one, factor);
  }
  return rest;
}
