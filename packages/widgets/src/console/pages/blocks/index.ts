import type { ConsolePage } from '../../page.ts'
import { type BlocksConnection, type BlocksState, connectBlocks } from './connect.ts'
import { style } from './style.ts'
import { blocksView } from './view.tsx'

/** Addresses that the shop refuses. */
export const blocks: ConsolePage<BlocksState, BlocksConnection> = { connect: connectBlocks, view: blocksView, style }
