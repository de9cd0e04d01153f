/** A QR code as what it takes to draw it: nothing else of the server's SVG reaches the page. */
export interface QrCode {
  /** Width and height, in the units of `path`. */
  readonly size: number
  /** The dark squares, as path data. */
  readonly path: string
}

/** Takes size and squares out of an SVG; `null` where it is of another kind. */
export function readQrCode(svg: string): QrCode | null {
  const [, size] = /viewBox="0 0 (\d{1,5}) \d{1,5}"/.exec(svg) ?? []
  const [, path] = /\sd="([MmHhVvZz\d ,.-]+)"/.exec(svg) ?? []
  return size && path ? { size: Number(size), path } : null
}
