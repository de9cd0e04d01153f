import type { Box } from './types.ts'

export interface Edges {
  readonly left: number
  readonly top: number
  readonly right: number
  readonly bottom: number
}

/** The edges of a box in whichever way it is written, or null where it is no box. */
export function edgesOf(box: Box | undefined): Edges | null {
  if (!box || typeof box !== 'object') return null
  const corners = Array.isArray(box) ? ofNumbers(box) : ofNames(box as Readonly<Record<string, unknown>>)
  if (!corners.every((edge) => typeof edge === 'number' && Number.isFinite(edge))) return null
  const [left, top, right, bottom] = corners as [number, number, number, number]
  return right >= left && bottom > top ? { left, top, right, bottom } : null
}

function ofNumbers(numbers: readonly number[]): unknown[] {
  if (numbers.length === 4) return [...numbers]
  if (numbers.length < 6 || numbers.length > MAX_POLYGON) return [Number.NaN]
  const xs = numbers.filter((_, i) => i % 2 === 0)
  const ys = numbers.filter((_, i) => i % 2 === 1)
  return [Math.min(...xs), Math.min(...ys), Math.max(...xs), Math.max(...ys)]
}

const MAX_POLYGON = 64

function ofNames(box: Readonly<Record<string, unknown>>): unknown[] {
  const left = box.x0 ?? box.left ?? box.x
  const top = box.y0 ?? box.top ?? box.y
  return [left, top, box.x1 ?? box.right ?? sum(left, box.width), box.y1 ?? box.bottom ?? sum(top, box.height)]
}

function sum(a: unknown, b: unknown): number {
  return typeof a === 'number' && typeof b === 'number' ? a + b : Number.NaN
}
