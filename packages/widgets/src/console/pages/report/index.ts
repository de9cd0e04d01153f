import type { ConsolePage } from '../../page.ts'
import { connectReport, type ReportConnection, type ReportState } from './connect.ts'
import { style } from './style.ts'
import { reportView } from './view.tsx'

/** What recommendations were shown, clicked and bought, and what they earned. */
export const report: ConsolePage<ReportState, ReportConnection> = { connect: connectReport, view: reportView, style }
