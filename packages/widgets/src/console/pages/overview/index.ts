import type { ConsolePage } from '../../page.ts'
import { connectOverview, type OverviewConnection, type OverviewState } from './connect.ts'
import { style } from './style.ts'
import { overviewView } from './view.tsx'

/** How the server is, what it holds, and what it is doing. */
export const overview: ConsolePage<OverviewState, OverviewConnection> = {
  connect: connectOverview,
  view: overviewView,
  style,
}
