// Plain JavaScript: `npm start` shows progress with it before there is anything that could run TypeScript.

const BAR_WIDTH = 24
/** Where nobody watches, a line now and then will do. */
const QUIET_STEP = 0.1
const FRESH_LINE = '\r\u001b[2K'

/** How far a long step is: a bar where somebody watches `stream`, a line now and then where nobody does. */
export function progressBar(stream) {
  let shown = Number.NEGATIVE_INFINITY
  let label = ''
  return {
    progress(current, fraction, note = '') {
      if (current !== label) {
        label = current
        shown = Number.NEGATIVE_INFINITY
      }
      if (stream.isTTY) stream.write(`${FRESH_LINE}${current} ${bar(fraction)} ${note}`)
      else if (fraction !== null && fraction >= shown + QUIET_STEP) {
        shown = fraction
        stream.write(`${current} ${percent(fraction)} ${note}\n`)
      }
    },
    done(current, note = '') {
      label = ''
      stream.write(`${stream.isTTY ? FRESH_LINE : ''}${current} ✓ ${note}\n`)
    },
  }
}

function bar(fraction) {
  if (fraction === null) return '…'
  const filled = Math.round(Math.min(1, Math.max(0, fraction)) * BAR_WIDTH)
  return `${'█'.repeat(filled)}${'░'.repeat(BAR_WIDTH - filled)} ${percent(fraction)}`
}

function percent(fraction) {
  return `${Math.floor(fraction * 100)}%`.padStart(4)
}
