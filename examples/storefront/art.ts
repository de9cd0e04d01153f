/** The data set has no photographs. Each product gets a small still life instead, drawn from the words of its name. */

interface Palette {
  readonly ground: string
  readonly main: string
  readonly dark: string
  readonly light: string
}

const PALETTES: Readonly<Record<string, Palette>> = {
  RED: { ground: '#f7e3df', main: '#c8453b', dark: '#8f2b25', light: '#f2b3a8' },
  PINK: { ground: '#fbe9ee', main: '#d9778f', dark: '#a84a63', light: '#f6c6d2' },
  BLUE: { ground: '#e3edf5', main: '#4d7ea8', dark: '#2f5577', light: '#b4cfe4' },
  GREEN: { ground: '#e6efe3', main: '#5f8f5a', dark: '#3d6339', light: '#bad4b4' },
  YELLOW: { ground: '#faf1d7', main: '#d9a437', dark: '#9c7118', light: '#f3d993' },
  PURPLE: { ground: '#ede6f3', main: '#7f63a3', dark: '#574075', light: '#cdbde0' },
  BLACK: { ground: '#e8e6e3', main: '#4a4744', dark: '#25231f', light: '#b5b0a9' },
  WHITE: { ground: '#dfe5e3', main: '#fbfaf6', dark: '#9aa5a1', light: '#ffffff' },
  WOOD: { ground: '#f1e8dc', main: '#b08657', dark: '#7a5935', light: '#dcc3a1' },
  METAL: { ground: '#e7eaec', main: '#8d99a3', dark: '#5b666f', light: '#c9d1d7' },
}

const COLOUR_WORDS: readonly (readonly [RegExp, string])[] = [
  [/\b(RED|RETROSPOT|POPPY|CHERRY|STRAWBERRY)\b/, 'RED'],
  [/\b(PINK|ROSE|ROSES|REGENCY|FAIRY)\b/, 'PINK'],
  [/\b(BLUE|SKY|SEASIDE|SKULLS?|SPACEBOY)\b/, 'BLUE'],
  [/\b(GREEN|GARDEN|WOODLAND|HERB|APPLE|LEAF)\b/, 'GREEN'],
  [/\b(YELLOW|GOLD|GOLDEN|SUNJAR|HONEY|LEMON)\b/, 'YELLOW'],
  [/\b(PURPLE|LILAC|LAVENDER|VIOLET)\b/, 'PURPLE'],
  [/\b(BLACK|CHALKBOARD|BAROQUE)\b/, 'BLACK'],
  [/\b(WHITE|IVORY|CREAM|PEARL)\b/, 'WHITE'],
  [/\b(WOOD|WOODEN|WICKER|ANTIQUE|VINTAGE)\b/, 'WOOD'],
  [/\b(METAL|ZINC|SILVER|TIN|ENAMEL|GLASS)\b/, 'METAL'],
]

type Motif = (palette: Palette) => string

const ground = (cx = 200, width = 220) =>
  `<ellipse cx="${cx}" cy="322" rx="${width / 2}" ry="12" fill="#000" opacity=".08"/>`
const heart = (x: number, y: number, size: number, fill: string) =>
  `<path transform="translate(${x} ${y}) scale(${size})" fill="${fill}" d="M0 30C-46 0-40-40-14-40-4-40 0-30 0-26 0-30 4-40 14-40 40-40 46 0 0 30Z"/>`

/** What can be drawn, by the words that call for it; the first that fits is taken. */
const MOTIFS: readonly (readonly [RegExp, Motif])[] = [
  [
    /\b(CAKESTAND|CAKE STAND|CAKES?|CUPCAKE|MUFFIN|BAKING)\b/,
    (p) =>
      `${ground()}<path d="M192 215h16v95h-16z" fill="${p.dark}"/><ellipse cx="200" cy="312" rx="58" ry="12" fill="${p.dark}"/><ellipse cx="200" cy="214" rx="120" ry="20" fill="${p.main}"/><ellipse cx="200" cy="208" rx="120" ry="18" fill="${p.light}"/><path d="M130 205v-48q70-26 140 0v48q-70 26-140 0z" fill="#fff"/><path d="M130 157q70-26 140 0q-6 34-24 12q-14 30-32 6q-16 30-34 2q-22 28-50-20z" fill="${p.main}"/><circle cx="200" cy="138" r="12" fill="${p.dark}"/>`,
  ],
  [
    /\b(MUG|CUP|CUPS|TEACUP|COFFEE|TEA)\b/,
    (p) =>
      `${ground()}<path d="M266 190c60-8 60 78-6 70" fill="none" stroke="${p.dark}" stroke-width="16"/><path d="M122 165h152v92q0 58-58 58h-36q-58 0-58-58z" fill="${p.main}"/><ellipse cx="198" cy="165" rx="76" ry="16" fill="${p.light}"/><ellipse cx="198" cy="167" rx="60" ry="10" fill="${p.dark}"/>${heart(198, 240, 0.7, p.light)}`,
  ],
  [
    /\b(TEAPOT|JUG|WATERING)\b/,
    (p) =>
      `${ground()}<path d="M280 200q44-4 56-44l14 6q-8 70-66 84z" fill="${p.dark}"/><path d="M128 200q-60-10-52 44 4 36 60 40" fill="none" stroke="${p.dark}" stroke-width="15"/><ellipse cx="204" cy="240" rx="92" ry="78" fill="${p.main}"/><ellipse cx="204" cy="170" rx="50" ry="12" fill="${p.light}"/><circle cx="204" cy="150" r="13" fill="${p.dark}"/>${heart(204, 246, 0.8, p.light)}`,
  ],
  [
    /\b(BAG|BAGS|SHOPPER|HANDBAG|RUCKSACK)\b/,
    (p) =>
      `${ground()}<path d="M150 170q0-70 50-70t50 70" fill="none" stroke="${p.dark}" stroke-width="13"/><path d="M110 165h180l16 150H94z" fill="${p.main}"/>${[130, 170, 210, 250].map((x, i) => [200, 240, 280].map((y, j) => `<circle cx="${x + (j % 2) * 18}" cy="${y}" r="${9 - (i % 2)}" fill="${p.light}"/>`).join('')).join('')}`,
  ],
  [
    /\b(LANTERN|SUNJAR|JAR)\b/,
    (p) =>
      `${ground()}<path d="M200 78v24" stroke="${p.dark}" stroke-width="8"/><circle cx="200" cy="72" r="14" fill="none" stroke="${p.dark}" stroke-width="7"/><path d="M140 130l60-32 60 32z" fill="${p.dark}"/><rect x="138" y="130" width="124" height="170" rx="8" fill="${p.light}"/><rect x="150" y="142" width="100" height="146" fill="#fff8e0"/><rect x="186" y="220" width="28" height="66" fill="#fff"/><path d="M200 176q20 26 0 44-20-18 0-44z" fill="#eda63c"/><rect x="128" y="296" width="144" height="18" rx="6" fill="${p.dark}"/><path d="M200 142v146" stroke="${p.main}" stroke-width="5"/>`,
  ],
  [
    /\b(T-LIGHT|CANDLE|CANDLES|CANDLESTICK|LIGHT|LIGHTS)\b/,
    (p) =>
      `${ground(200, 180)}<path d="M200 96q26 36 0 60-26-24 0-60z" fill="#eda63c"/><path d="M200 118q12 18 0 32-12-14 0-32z" fill="#fff3c9"/><rect x="164" y="160" width="72" height="110" rx="6" fill="#fffdf6"/><path d="M164 172q18 22 36 4t36 8v-18q0-6-6-6h-60q-6 0-6 6z" fill="${p.light}"/><path d="M128 268h144q-8 46-40 46h-64q-32 0-40-46z" fill="${p.main}"/>`,
  ],
  [
    /\b(HEART|HEARTS)\b/,
    (p) =>
      `<path d="M200 60v66" stroke="${p.dark}" stroke-width="4"/>${ground()}${heart(200, 232, 2.1, p.main)}${heart(200, 228, 1.5, p.light)}${heart(200, 226, 1, p.main)}`,
  ],
  [
    /\b(CLOCK|ALARM|WATCH)\b/,
    (p) =>
      `${ground(200, 160)}<path d="M140 290l-18 28M260 290l18 28" stroke="${p.dark}" stroke-width="12" stroke-linecap="round"/><circle cx="132" cy="118" r="28" fill="${p.dark}"/><circle cx="268" cy="118" r="28" fill="${p.dark}"/><circle cx="200" cy="212" r="100" fill="${p.main}"/><circle cx="200" cy="212" r="80" fill="#fffdf7"/>${[0, 90, 180, 270].map((a) => `<path transform="rotate(${a} 200 212)" d="M200 142v14" stroke="${p.dark}" stroke-width="6"/>`).join('')}<path d="M200 212v-46M200 212l34 22" stroke="${p.dark}" stroke-width="7" stroke-linecap="round"/>`,
  ],
  [
    /\b(CHRISTMAS|XMAS|TREE|ADVENT)\b/,
    (p) =>
      `${ground(200, 180)}<rect x="186" y="276" width="28" height="42" fill="#8a6238"/><path d="M200 76l62 84h-34l50 66h-36l50 60H108l50-60h-36l50-66h-34z" fill="#5f8f5a"/>${[
        [200, 150],
        [170, 208],
        [232, 212],
        [150, 268],
        [206, 262],
        [258, 270],
      ]
        .map(([x, y]) => `<circle cx="${x}" cy="${y}" r="10" fill="${p.light}"/>`)
        .join('')}<path d="M200 52l8 18 20 2-15 13 4 20-17-10-17 10 4-20-15-13 20-2z" fill="#eda63c"/>`,
  ],
  [
    /\b(BIRD|OWL|CHICKEN|DOVE|ROBIN|LOVEBIRD|BUDGIE)\b/,
    (p) =>
      `<path d="M90 292h220" stroke="#8a6238" stroke-width="12" stroke-linecap="round"/><path d="M130 250q-10-100 76-112 84-6 90 70l40 22-42 10q-14 50-78 50-62 0-86-40z" fill="${p.main}"/><path d="M166 240q40-66 104-24-26 66-104 24z" fill="${p.light}"/><circle cx="262" cy="186" r="8" fill="${p.dark}"/><path d="M188 290v-6m34 6v-6" stroke="${p.dark}" stroke-width="8"/>`,
  ],
  [
    /\b(FLOWER|FLOWERS|ROSE|ROSES|DAISY|POPPY|BOUQUET)\b/,
    (p) =>
      `${ground(200, 120)}<path d="M200 210v104" stroke="#5f8f5a" stroke-width="10"/><path d="M200 276q-54-8-62-50 56 0 62 50zM200 256q48-12 54-52-52 4-54 52z" fill="#5f8f5a"/>${[0, 60, 120, 180, 240, 300].map((a) => `<ellipse transform="rotate(${a} 200 160)" cx="200" cy="112" rx="27" ry="42" fill="${p.main}"/>`).join('')}<circle cx="200" cy="160" r="28" fill="${p.light}"/>`,
  ],
  [
    /\b(BOX|BOXES|TIN|TINS|CABINET|DRAWER|CRATE|CASE)\b/,
    (p) =>
      `${ground()}<path d="M96 176l104-46 104 46v128l-104 20-104-20z" fill="${p.main}"/><path d="M96 176l104 30 104-30-104-46z" fill="${p.light}"/><path d="M200 206v118l104-20V176z" fill="${p.dark}" opacity=".55"/><path d="M148 153l104 38v24l-16-6v-12l-104-38z" fill="#fff" opacity=".7"/>`,
  ],
  [
    /\b(BOTTLE|FLASK)\b/,
    (p) =>
      `${ground(200, 130)}<rect x="176" y="70" width="48" height="34" rx="8" fill="${p.dark}"/><path d="M180 104h40v34q44 22 44 78v78q0 24-24 24h-80q-24 0-24-24v-78q0-56 44-78z" fill="${p.main}"/><rect x="148" y="210" width="104" height="60" rx="6" fill="#fffdf6"/>${heart(200, 244, 0.55, p.main)}`,
  ],
  [
    /\b(CUSHION|PILLOW|QUILT|BLANKET|TOWELS?)\b/,
    (p) =>
      `${ground()}<path d="M92 116q108 34 216 0-30 98 0 196-108-30-216 0 30-98 0-196z" fill="${p.main}"/>${[150, 200, 250].map((x) => `<path d="M${x} 128v174" stroke="${p.light}" stroke-width="9" opacity=".8"/>`).join('')}${[170, 214, 258].map((y) => `<path d="M106 ${y}h188" stroke="${p.light}" stroke-width="9" opacity=".45"/>`).join('')}`,
  ],
  [
    /\b(FRAME|PICTURE|MIRROR|SIGN|CHALKBOARD|PLAQUE|DOORMAT)\b/,
    (p) =>
      `<path d="M150 120l50-46 50 46" fill="none" stroke="${p.dark}" stroke-width="5"/>${ground(200, 180)}<rect x="92" y="120" width="216" height="190" rx="10" fill="${p.main}"/><rect x="118" y="146" width="164" height="138" fill="#fffdf6"/><path d="M118 284l52-70 34 40 26-30 52 60z" fill="${p.light}"/><circle cx="250" cy="180" r="16" fill="#eda63c"/>`,
  ],
  [
    /\b(CARD|CARDS|NOTEBOOK|BOOK|PAPER|WRAP|JOURNAL|STICKERS?)\b/,
    (p) =>
      `${ground()}<rect x="118" y="98" width="150" height="206" rx="6" fill="${p.dark}" transform="rotate(-7 193 201)"/><rect x="136" y="98" width="150" height="210" rx="6" fill="${p.main}" transform="rotate(4 211 203)"/><g transform="rotate(4 211 203)"><rect x="158" y="134" width="106" height="46" fill="#fffdf6"/><path d="M158 214h106M158 238h106M158 262h70" stroke="${p.light}" stroke-width="8"/></g>`,
  ],
  [
    /\b(BUNTING|GARLAND|PARTY|BALLOONS?|CHAIN)\b/,
    (p) =>
      `<path d="M56 128q144 96 288 0" fill="none" stroke="${p.dark}" stroke-width="5"/>${[
        [84, 148, 8],
        [138, 170, 4],
        [194, 178, 0],
        [250, 170, -4],
        [304, 148, -8],
      ]
        .map(
          ([x, y, a], i) =>
            `<path transform="rotate(${a} ${x} ${y})" d="M${x! - 24} ${y! - 6}h48l-24 66z" fill="${i % 2 ? p.light : p.main}"/>`,
        )
        .join('')}${heart(200, 296, 0.6, p.main)}`,
  ],
  [
    /\b(NECKLACE|BRACELET|EARRINGS?|RING|BEADS?|CHARM|BROOCH)\b/,
    (p) =>
      `${ground()}<path d="M104 110q-8 150 96 168 104-18 96-168" fill="none" stroke="${p.dark}" stroke-width="4"/>${Array.from(
        { length: 13 },
        (_, i) => {
          const a = Math.PI * (0.08 + (0.84 * i) / 12)
          return `<circle cx="${(200 - 98 * Math.cos(a)).toFixed(0)}" cy="${(120 + 158 * Math.sin(a)).toFixed(0)}" r="${11 + 5 * Math.sin(a)}" fill="${i % 2 ? p.light : p.main}"/>`
        },
      ).join('')}`,
  ],
  [
    /\b(UMBRELLA|PARASOL)\b/,
    (p) =>
      `${ground(200, 100)}<path d="M200 110v176q0 28-26 28-22 0-22-22" fill="none" stroke="#8a6238" stroke-width="11" stroke-linecap="round"/><path d="M72 212q8-120 128-120t128 120q-22-26-43 0-21-26-42 0-22-26-43 0-21-26-43 0-21-26-42 0-21-26-43 0z" fill="${p.main}"/><path d="M157 212q0-90 43-120 43 30 43 120-22-26-43 0-21-26-43 0z" fill="${p.light}"/>`,
  ],
  [
    /\b(STAR|STARS|SNOWFLAKE)\b/,
    (p) =>
      `<path d="M200 56v60" stroke="${p.dark}" stroke-width="4"/>${ground(200, 160)}<path d="M200 108l32 66 72 10-52 51 12 72-64-34-64 34 12-72-52-51 72-10z" fill="${p.main}"/><path d="M200 108v165l64 34-12-72 52-51-72-10z" fill="${p.light}" opacity=".6"/>`,
  ],
]

const BOWL: Motif = (p) =>
  `${ground()}<ellipse cx="200" cy="196" rx="118" ry="26" fill="${p.light}"/><path d="M82 196q8 118 118 118t118-118q-20 26-118 26T82 196z" fill="${p.main}"/><path d="M82 196q0 26 118 26t118-26" fill="none" stroke="${p.dark}" stroke-width="5"/>`

const PARCEL: Motif = (p) =>
  `${ground()}<rect x="106" y="186" width="188" height="126" rx="6" fill="${p.main}"/><rect x="94" y="158" width="212" height="44" rx="6" fill="${p.dark}"/><rect x="184" y="158" width="32" height="154" fill="${p.light}"/><path d="M200 158q-66-8-58-48 34-22 58 48zM200 158q66-8 58-48-34-22-58 48z" fill="${p.light}"/><circle cx="200" cy="152" r="13" fill="${p.main}"/>`

const VASE: Motif = (p) =>
  `${ground(200, 130)}<path d="M168 170V84M200 170V66M232 170V92" stroke="#5f8f5a" stroke-width="7"/><circle cx="168" cy="78" r="20" fill="${p.light}"/><circle cx="200" cy="58" r="23" fill="${p.main}"/><circle cx="232" cy="86" r="19" fill="${p.light}"/><path d="M152 166h96q-14 34 12 70 22 40-12 82h-96q-34-42-12-82 26-36 12-70z" fill="${p.main}"/><path d="M138 258h124" stroke="${p.light}" stroke-width="10"/>`

/** For names that call for nothing in particular. */
const FALLBACKS = [PARCEL, BOWL, VASE, PARCEL]

/** An SVG of 400 × 400 for a product; the same name gives the same picture. */
export function productArt(name: string): string {
  const words = name.toUpperCase()
  const fallback = Object.values(PALETTES)[hash(words) % 6]!
  const palette = PALETTES[COLOUR_WORDS.find(([pattern]) => pattern.test(words))?.[1] ?? ''] ?? fallback
  const motif = MOTIFS.find(([pattern]) => pattern.test(words))?.[1] ?? FALLBACKS[hash(words) % FALLBACKS.length]!
  return (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img">' +
    `<rect width="400" height="400" fill="${palette.ground}"/><circle cx="${300 + (hash(words) % 40)}" cy="92" r="70" fill="#fff" opacity=".35"/>${motif(palette)}</svg>`
  )
}

function hash(text: string): number {
  let sum = 7
  for (const character of text) sum = (sum * 31 + character.charCodeAt(0)) >>> 0
  return sum
}
