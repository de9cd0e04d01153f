/** The yardstick: the same rows, parsed beforehand, into one table without an index, one prepared statement a row. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { csvSplitter } from '../src/imports/csv.ts'

const ROWS_PER_COMMIT = 4_000

const rows: (readonly [string, string, string, number, string, number, string, string])[] = []
let isHeader = true
const splitter = csvSplitter(',', {
  record(cells) {
    const [invoice, code, name, quantity, date, price, customer, country] = cells as [
      string,
      string,
      string,
      string,
      string,
      string,
      string,
      string,
    ]
    if (!isHeader)
      rows.push([invoice, code, name, Number(quantity), date, Math.round(Number(price) * 100), customer, country])
    isHeader = false
  },
  broken(line, reason) {
    throw new Error(`line ${line}: ${reason}`)
  },
})
splitter.push(readFileSync(process.argv[2]!))
splitter.end()

const folder = mkdtempSync(join(tmpdir(), 'tillwright-bare-'))
const database = new DatabaseSync(join(folder, 'bare.db'))
for (const pragma of ['journal_mode = wal', 'synchronous = full', 'cache_size = -16384', 'temp_store = memory'])
  database.exec(`pragma ${pragma}`)
database.exec(
  'create table lines (invoice text, code text, name text, quantity integer, date text, price integer, customer text, country text)',
)
const insert = database.prepare('insert into lines values (?, ?, ?, ?, ?, ?, ?, ?)')
const start = performance.now()
database.exec('begin')
for (const [i, row] of rows.entries()) {
  insert.run(...row)
  if ((i + 1) % ROWS_PER_COMMIT === 0) database.exec('commit; begin')
}
database.exec('commit')
const ms = performance.now() - start
database.close()
rmSync(folder, { recursive: true })
console.log(JSON.stringify({ ms, rows: rows.length }))
