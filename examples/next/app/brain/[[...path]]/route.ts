import { nextHandlers } from '@tillwright/node/adapters/next'
import { tillwright } from '../../../tillwright.ts'

/** The whole of Tillwright below `/brain`. It starts with the first request, so that a build opens no database. */
export const { GET, POST, PUT, PATCH, DELETE, OPTIONS, HEAD } = nextHandlers(
  { handle: async (request) => (await tillwright()).handle(request) },
  { basePath: '/brain' },
)
