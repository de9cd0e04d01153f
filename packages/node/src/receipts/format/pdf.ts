import type { ReceiptPdf } from '../ports.ts'
import { readFonts } from './fonts.ts'
import { RECEIPT_TYP } from './receipt-typ.ts'
import type { SaidReceipt } from './say.ts'

type Compiler = import('@myriaddreamin/typst-ts-node-compiler').NodeCompiler

/** PDF/A-3a: tagged, so that it can be read aloud, and complete, so that it can be archived. */
const STANDARD = 'a-3a'
/** Compilations whose parts are remembered. */
const REMEMBERED = 10

/** PDFs cannot be made on this machine. */
export class PdfUnavailableError extends Error {
  override name = 'PdfUnavailableError'
}

/** Makes PDFs with Typst, which is loaded, with its fonts, when the first is asked for. Throws `PdfUnavailableError`. */
export function receiptPdf(): ReceiptPdf {
  let opening: Promise<Compiler> | undefined
  return async (said) => {
    opening ??= openCompiler().catch((error: unknown) => {
      opening = undefined
      throw error
    })
    const compiler = await opening
    const logo = said.seller.logo
    if (logo) compiler.mapShadow(LOGO_PATH, Buffer.from(logo.slice(logo.indexOf(',') + 1), 'base64'))
    try {
      const inputs = { receipt: JSON.stringify(dataOf(said)) }
      const pdf = compiler.pdf({ mainFileContent: RECEIPT_TYP, inputs }, { pdfStandard: STANDARD })
      compiler.evictCache(REMEMBERED)
      return pdf
    } finally {
      if (logo) compiler.unmapShadow(LOGO_PATH)
    }
  }
}

/** No folder: the template reads what is put there in memory, and nothing else. */
const WORKSPACE = '/receipt'
const LOGO_PATH = `${WORKSPACE}/logo.png`

async function openCompiler(): Promise<Compiler> {
  try {
    const [{ NodeCompiler }, fonts] = await Promise.all([import('@myriaddreamin/typst-ts-node-compiler'), readFonts()])
    return NodeCompiler.create({ workspace: WORKSPACE, fontArgs: [{ fontBlobs: fonts }] })
  } catch (cause) {
    throw new PdfUnavailableError(
      'PDFs need the package @myriaddreamin/typst-ts-node-compiler with the binary for this platform',
      { cause },
    )
  }
}

/** What the template reads. Functions and markup are not part of it: every value is text. */
function dataOf({ words, seller, ...said }: SaidReceipt) {
  const { item, quantity, price, amount, soldTo } = words
  const [language, region] = said.language.split('-')
  // What people wrote has a direction of its own, whatever stands around it (Unicode Annex 9, "isolates").
  const own = (text: string) => (said.direction === 'rtl' ? `\u2068${text}\u2069` : text)
  return {
    ...said,
    language,
    region: region && /^[A-Z]{2}$/.test(region) ? region : null,
    seller: { name: seller.name, lines: seller.lines.map(own), hasLogo: seller.logo !== undefined },
    buyer: said.buyer.map(own),
    facts: said.facts.map(([label, value]) => [label, own(value)]),
    lines: said.lines.map((line) => ({ ...line, name: own(line.name) })),
    closing: said.closing.map(own),
    words: {
      item,
      quantity,
      price,
      amount,
      soldTo,
      page: words.page(0, 0).replace('0', '{page}').replace('0', '{of}'),
    },
  }
}
