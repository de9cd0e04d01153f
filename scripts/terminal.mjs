/** Progress on standard error: a bar where somebody watches, a line now and then where nobody does. */

const BAR_WIDTH = 24
const isWatched = process.stderr.isTTY === true
let shown = { label: '', fraction: -1 }

export function progress(label, fraction, note = '') {
  if (isWatched) {
    const filled = Math.round(Math.min(1, fraction) * BAR_WIDTH)
    const bar = `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${String(Math.floor(fraction * 100)).padStart(3)}%`
    process.stderr.write(`\r\u001b[2K${label} ${bar} ${note}`)
  } else if (shown.label !== label || fraction >= shown.fraction + 0.25) {
    shown = { label, fraction }
    process.stderr.write(`${label} ${Math.floor(fraction * 100)}% ${note}\n`)
  }
}

export function done(label, note = '') {
  process.stderr.write(`${isWatched ? '\r\u001b[2K' : ''}${label} ✓ ${note}\n`)
}

/** Says what is wrong in plain words and ends with exit code 1. */
export function fail(message) {
  process.stderr.write(`${isWatched ? '\r\u001b[2K' : ''}\n${message}\n`)
  process.exit(1)
}
