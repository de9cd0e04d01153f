import { readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { findDates } from '../../src/brain/extract/find-dates.ts'
import type { ReceiptLine } from '../../src/brain/extract/types.ts'

/** A receipt with what is known to be on it. A field that the truth leaves empty is null. */
export interface KnownReceipt {
  readonly id: string
  readonly lines: readonly ReceiptLine[]
  readonly merchant: string | null
  /** `YYYY-MM-DD`. */
  readonly date: string | null
  /** In hundredths. */
  readonly total: number | null
}

interface Line {
  readonly id: string
  readonly entities: Readonly<Partial<Record<'company' | 'date' | 'total', string>>>
  readonly lines: readonly { readonly b?: readonly number[]; readonly t: string }[]
}

/**
 * Reads receipts, one a line: `{"id", "entities": {"company", "date", "total"}, "lines": [{"b": [left, top, right, bottom], "t"}]}`. `path` is a
 * `.jsonl` or `.jsonl.gz`, or a folder of them. Dates of the truth are read day first.
 */
export function readReceipts(path: string): KnownReceipt[] {
  const files = statSync(path).isDirectory()
    ? readdirSync(path)
        .filter((name) => /\.jsonl(?:\.gz)?$/.test(name))
        .toSorted()
        .map((name) => join(path, name))
    : [path]
  if (files.length === 0) throw new Error(`${path} has no .jsonl or .jsonl.gz file`)
  return files.flatMap((file) => {
    const bytes = readFileSync(file)
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    return text
      .split('\n')
      .filter(Boolean)
      .map((line) => known(JSON.parse(line)))
  })
}

function known({ id, entities, lines }: Line): KnownReceipt {
  const readings = findDates(entities.date ?? '')[0]?.readings
  const total = (entities.total ?? '').replace(/[^\d.-]/g, '')
  return {
    id,
    lines: lines.map(({ b, t }) => (b ? { text: t, box: b } : { text: t })),
    merchant: entities.company?.trim() || null,
    date: readings?.dmy ?? readings?.ymd ?? readings?.mdy ?? null,
    total: total === '' ? null : Math.round(Number(total) * 100),
  }
}
