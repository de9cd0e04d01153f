/** What the data set leaves out and a shop would have: shelves, readable names, and which codes are no products at all. */

/** Postage, fees, samples and bookkeeping share the column with products; product codes are five digits and up to two letters. */
const PRODUCT_CODE = /^\d{5}[A-Z]{0,2}$/

const SHELVES: readonly (readonly [shelf: string, words: RegExp])[] = [
  ['Christmas', /\b(CHRISTMAS|XMAS|ADVENT|REINDEER|SANTA|SNOWMAN|SNOWFLAKE|BAUBLE|NOEL)\b/],
  ['Bags', /\b(BAG|BAGS|SHOPPER|HANDBAG|RUCKSACK|PURSE|WALLET)\b/],
  ['Baking', /\b(CAKE|CAKESTAND|BAKING|CAKES|CUPCAKE|MUFFIN|BISCUIT|JELLY|COOKIE|PANTRY|RECIPE)\b/],
  [
    'Kitchen',
    /\b(MUG|CUP|CUPS|TEA|TEACUP|TEAPOT|COFFEE|PLATE|PLATES|BOWL|JUG|SPOON|APRON|LUNCH|BOTTLE|JAR|TRAY|COASTER|TOWEL|TOWELS|EGG|BREAD|NAPKINS?)\b/,
  ],
  ['Lights & candles', /\b(LIGHT|LIGHTS|T-LIGHT|CANDLE|CANDLES|LANTERN|LAMP|CANDLESTICK|INCENSE|HOLDER)\b/],
  ['Garden', /\b(GARDEN|PLANT|PLANTER|POT|WATERING|BIRD|BIRDHOUSE|GNOME|UMBRELLA|PARASOL|FLOWER|FLOWERS)\b/],
  [
    'Paper & party',
    /\b(CARD|CARDS|WRAP|PAPER|BUNTING|PARTY|BALLOONS?|RIBBONS?|STICKERS?|NOTEBOOK|PENCILS?|PEN|BOOK|TISSUES?|DOILY|STAMP|TAPE)\b/,
  ],
  [
    'Children',
    /\b(CHILDREN'?S?|KIDS?|TOY|PLAYHOUSE|DOLL|GAME|DOMINOES|SKITTLES|BABY|CHILDS|SPACEBOY|DOLLY|CIRCUS|PUPPET|SKIPPING)\b/,
  ],
  ['Jewellery', /\b(NECKLACE|BRACELET|EARRINGS?|RING|BROOCH|BEADS?|CHARM|HAIR)\b/],
  ['Storage', /\b(BOX|BOXES|TIN|TINS|BASKET|DRAWER|CABINET|CRATE|STORAGE|RACK|HOOK|HOOKS|HANGER|HANGERS)\b/],
]

export const ALL_SHELVES = [...SHELVES.map(([shelf]) => shelf), 'Home']

export function isProductCode(id: string): boolean {
  return PRODUCT_CODE.test(id)
}

/** The shelf on which a product stands, by the first words that fit its name. */
export function shelfOf(name: string): string {
  return SHELVES.find(([, words]) => words.test(name.toUpperCase()))?.[0] ?? 'Home'
}

const SMALL_WORDS = new Set(['of', 'and', 'with', 'in', 'for', 'the', 'a', 'on', 'to'])

/** `WHITE HANGING HEART T-LIGHT HOLDER` → `White Hanging Heart T-Light Holder`. */
export function readableName(name: string): string {
  const words = name.toLowerCase().split(/\s+/).filter(Boolean)
  return words.map((word, i) => (i > 0 && SMALL_WORDS.has(word) ? word : capitalised(word))).join(' ')
}

function capitalised(word: string): string {
  return word.replace(/(^|[-/+(.])(\p{L})/gu, (_, before: string, letter: string) => before + letter.toUpperCase())
}
