/**
 * Four words that stand for a device, for two people to compare at a table or on the telephone. They
 * are worked out where they are shown, from the key itself, and are the same as in
 * pages/four_words.py: the first four bytes of a hash, a word for each.
 */

import { bytes, decode, join } from "./encoding.js";

/** 256 words that sound unlike each other; their places are fixed, because screens compare them. */
export const WORDS = `
  acorn almond anchor ankle apple apron arrow attic autumn bakery bamboo banjo barley barrel
  basil basket beaver beetle bench berry biscuit blanket blossom boat bonfire bottle bramble
  branch bread breeze brick bridge broom brush bubble bucket butter button cabbage cable cactus
  camel candle canoe caramel carpet carrot castle cedar cello chalk cherry chimney cinema circle
  clover coconut coffee comet copper coral cotton cricket crystal cushion daisy dancer desert
  diamond dolphin donkey dragon drum eagle echo elbow elephant ember engine evening falcon
  feather fiddle finger flute forest fountain fox freckle garden garlic ginger giraffe glacier
  glove goose grape grass guitar hammer harvest hazel hedge helmet heron hill honey horizon
  island ivory jacket jasmine jelly jigsaw jungle kettle kitchen kite ladder lagoon lantern
  lavender lemon lentil lettuce library lilac linen lobster locket lotus magnet mango maple
  marble meadow melon mirror mitten morning mountain muffin mushroom napkin needle nest noodle
  oak oasis ocean olive onion orange orchard otter oven owl paddle palm panda paper parsley
  peach peanut pebble pencil pepper piano pigeon pillow planet plum pocket pond poppy potato
  puddle pumpkin puppet puzzle quartz quilt rabbit radish rainbow raisin raven ribbon rice river
  robin rocket rope saddle saffron salad salmon sandal satchel scarf school seed shadow shell
  silver slipper snail snow soap sparrow spider spoon squirrel star stove straw sugar summer
  sunrise table tailor teapot thimble thunder ticket tiger timber toast tomato tower train
  trumpet tulip tunnel turnip turtle umbrella valley velvet village vinegar violet violin walnut
  water whale wheat whistle willow window winter wool yarn yogurt zebra zipper
`.trim().split(/\s+/);

/**
 * Give the words that stand for a device.
 * @param {string} device
 * @returns {Promise<string[]>}
 */
export async function fourWords(device) {
  const told = join(bytes("goround/words/1\0"), decode(device));
  const hashed = new Uint8Array(await crypto.subtle.digest("SHA-256", told));
  return [...hashed.subarray(0, 4)].map((byte) => WORDS[byte]);
}
