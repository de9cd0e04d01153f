import * as z from 'zod/mini'
import { person, route, secretKeyOr } from './define.ts'
import { instant, ownId, text } from './schema.ts'

/** Longest block, and the default, in seconds. */
export const MAX_BLOCK_SECONDS = 365 * 86_400
export const DEFAULT_BLOCK_SECONDS = 15 * 60

/** A network address that is refused for a while. */
export const Block = z.object({
  id: ownId('blk'),
  /** Where it holds. */
  tenantId: ownId('ten'),
  /** What it refuses: `sign-in`, set by the server for who tries again and again; `all`, set by a person. */
  rule: z.string(),
  /** As it is counted: IPv4 whole, IPv6 by its first 64 bits. */
  subject: z.string(),
  until: instant(),
  reason: z.string(),
  /** Who set it; `null`: the server. */
  createdBy: z.nullable(z.string()),
})
export type Block = z.infer<typeof Block>

const writeSecurity = person({ permission: 'security:write' })

/** Addresses that a tenant refuses. Administrators of the installation see and lift those of all tenants. */
export const blocks = {
  /** Those that end last first; 1,000 of each kind at most. */
  list: route({
    method: 'GET',
    path: '/admin/blocks',
    access: secretKeyOr('security:read'),
    output: z.object({ items: z.array(Block) }),
  }),
  /** Refuses an address everything that the tenant has. A block of the same address gets the new end and reason. */
  create: route({
    method: 'POST',
    path: '/admin/blocks',
    access: writeSecurity,
    body: z.object({
      /** IPv4 or IPv6. */
      address: text(64, 2),
      forSeconds: z._default(z.int().check(z.gte(60), z.lte(MAX_BLOCK_SECONDS)), DEFAULT_BLOCK_SECONDS),
      reason: z._default(text(500), ''),
    }),
    output: Block,
    status: 201,
    errors: ['conflict'],
  }),
  /** Lifts a block, and forgets what led to it. */
  remove: route({
    method: 'DELETE',
    path: '/admin/blocks/{block_id}',
    access: writeSecurity,
    params: z.object({ blockId: ownId('blk') }),
    output: null,
    errors: ['not_found'],
  }),
}
