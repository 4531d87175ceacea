/**
 * A QR code is drawn through one of eight masks, so that it has no large spots and nothing in it
 * looks like its own corners. Which mask is best is counted as ISO/IEC 18004, 7.8.3 says, before
 * the format is written.
 */

/** @type {((row: number, column: number) => boolean)[]} */
export const MASKS = [
  (row, column) => (row + column) % 2 === 0,
  (row) => row % 2 === 0,
  (_row, column) => column % 3 === 0,
  (row, column) => (row + column) % 3 === 0,
  (row, column) => (Math.floor(row / 2) + Math.floor(column / 3)) % 2 === 0,
  (row, column) => ((row * column) % 2) + ((row * column) % 3) === 0,
  (row, column) => (((row * column) % 2) + ((row * column) % 3)) % 2 === 0,
  (row, column) => (((row + column) % 2) + ((row * column) % 3)) % 2 === 0,
];

const CORNER = "1011101";

/**
 * Count what makes a drawing hard to read; less is better.
 * @param {boolean[][]} drawn
 * @returns {number}
 */
export function harms(drawn) {
  const rows = drawn.map((row) => row.map(Number).join(""));
  const columns = rows.map((_row, at) => rows.map((row) => row[at]).join(""));
  const lines = [...rows, ...columns];
  const sum = lines.reduce((harm, line) => harm + runs(line) + corners(line), 0);
  return sum + squares(rows) + shade(rows);
}

/** Five or more alike in a row: 3, and 1 for each beyond. @param {string} line */
function runs(line) {
  const found = line.match(/0{5,}|1{5,}/g) ?? [];
  return found.reduce((harm, run) => harm + run.length - 2, 0);
}

/** What looks like a corner, with light on one of its sides: 40. @param {string} line */
function corners(line) {
  let harm = 0;
  let at = line.indexOf(CORNER);
  while (at !== -1) {
    const after = at + CORNER.length;
    const isLone =
      isLight(line.slice(Math.max(0, at - 4), at)) || isLight(line.slice(after, after + 4));
    harm += isLone ? 40 : 0;
    at = line.indexOf(CORNER, isLone ? after : at + 4);
  }
  return harm;
}

/** Beyond the edge it is light too. @param {string} part */
function isLight(part) {
  return !part.includes("1");
}

/** Two by two alike: 3. @param {string[]} rows */
function squares(rows) {
  let harm = 0;
  for (const [at, row] of rows.slice(1).entries()) {
    const above = rows[at];
    for (let place = 1; place < row.length; place += 1) {
      const four = row.slice(place - 1, place + 1) + above.slice(place - 1, place + 1);
      harm += four === "0000" || four === "1111" ? 3 : 0;
    }
  }
  return harm;
}

/** For each five in a hundred that dark is away from half: 10. @param {string[]} rows */
function shade(rows) {
  const all = rows.join("");
  const dark = all.replaceAll("0", "").length / all.length;
  return 10 * Math.floor(Math.abs(dark * 100 - 50) / 5);
}
