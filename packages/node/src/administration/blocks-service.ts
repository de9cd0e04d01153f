import { createHash } from 'node:crypto'
import { type Block, newId, type RouteParsed, type TillwrightContract } from '@tillwright/core/contract'
import type { AuditService } from '../audit/service.ts'
import type { Tenant } from '../context.ts'
import type { Database, TenantDb } from '../db/open.ts'
import { ProblemError, problem } from '../http/problem-error.ts'
import {
  type AddressBlock,
  countAddressBlocks,
  findAnyAddressBlock,
  listAddressBlocks,
  listAllAddressBlocks,
  MAX_ADDRESS_BLOCKS,
  putAddressBlock,
  removeAddressBlock,
} from '../limits/address-blocks-store.ts'
import {
  type AddressBlocks,
  addressSubject,
  type RouteLimits,
  type SignInBlock,
  UNKNOWN_ADDRESS,
} from '../limits/index.ts'
import type { Clock, Random } from '../ports.ts'
import { findTenantRecord } from '../tenants/store.ts'
import type { Actor } from './authority.ts'

export interface BlocksPorts {
  readonly database: Database
  readonly clock: Clock
  readonly random: Random
  readonly audit: AuditService
  /** `null`: the server blocks nobody by itself. */
  readonly limits: Pick<RouteLimits, 'signInBlocks' | 'unblockSignIn'> | null
  readonly addressBlocks: AddressBlocks
}

export type BlocksService = ReturnType<typeof blocksService>

/**
 * Addresses that are refused for a while: by a person (`all`, in the database), or by the server for who tries to sign in
 * again and again (`sign-in`, where sign-ins are counted). Whoever administers the installation deals with those of all
 * tenants, everybody else with those of their own.
 */
export function blocksService({ database, clock, random, audit, limits, addressBlocks }: BlocksPorts) {
  const isOfInstallation = ({ role }: Actor) => role === 'superadmin'

  async function signInBlocks(own: Tenant, actor: Actor): Promise<(SignInBlock & { readonly id: string })[]> {
    const found = (await limits?.signInBlocks(isOfInstallation(actor) ? undefined : own.publicId)) ?? []
    return found.map((block) => ({ ...block, id: idOf(block) }))
  }

  const record = (tx: TenantDb, actor: Actor, kind: string, id: string, data: Record<string, string>) =>
    audit.record(tx, { kind, actorId: actor.id, subjectId: id, caller: actor.caller, data })

  async function removeByHand(own: Tenant, actor: Actor, id: string): Promise<boolean> {
    const found = isOfInstallation(actor) ? await findAnyAddressBlock(database.system, id, clock()) : undefined
    const ownerId = found?.ownerId ?? own.id
    const removed = await database.tenant(ownerId).transaction(async (tx) => {
      const block = await removeAddressBlock(tx, id, clock())
      if (block) await record(tx, actor, 'address.unblocked', id, { rule: 'all', address: block.subject })
      return block !== undefined
    })
    addressBlocks.forget(ownerId)
    return removed
  }

  /** A store of limits and the log cannot share a transaction: what is about to be done is in the log before it is done. */
  async function liftSignInBlock(own: Tenant, actor: Actor, id: string): Promise<boolean> {
    const block = (await signInBlocks(own, actor)).find((each) => each.id === id)
    const owner = block && (await findTenantRecord(database.system, block.tenantId))
    if (!block || !owner) return false
    await database
      .tenant(owner.id)
      .transaction((tx) => record(tx, actor, 'address.unblocked', id, { rule: 'sign-in', address: block.subject }))
    return limits!.unblockSignIn(block)
  }

  return {
    async list(own: Tenant, actor: Actor): Promise<{ items: Block[] }> {
      const now = clock()
      const byHand = isOfInstallation(actor)
        ? await listAllAddressBlocks(database.system, now)
        : (await listAddressBlocks(database.tenant(own.id), now)).map((block) => ({ ...block, tenantId: own.publicId }))
      const bySignIn = await signInBlocks(own, actor)
      return {
        items: [
          ...byHand.map((block) => present('all', block)),
          ...bySignIn.map((block) => present('sign-in', { ...block, createdBy: null })),
        ].sort((a, b) => (a.until < b.until ? 1 : a.until > b.until ? -1 : 0)),
      }
    },

    async create(
      own: Tenant,
      actor: Actor,
      wanted: RouteParsed<TillwrightContract['blocks']['create']>,
    ): Promise<Block> {
      const { address, forSeconds, reason } = wanted
      // As lists show it, too.
      const subject = addressSubject(address.replace(/\/64$/, ''))
      if (subject === UNKNOWN_ADDRESS) {
        const message = 'must be an address such as 203.0.113.7 or 2001:db8::1'
        throw new ProblemError('invalid_input', { errors: [{ path: 'address', message }] })
      }
      if (subject === addressSubject(actor.caller?.address)) {
        throw problem('conflict', 'That is the address from which you ask: it would lock you out')
      }
      const now = clock()
      const wish: AddressBlock = {
        id: newId('blk', clock, random),
        subject,
        until: now + forSeconds * 1_000,
        reason,
        createdBy: actor.id,
      }
      const block = await database.tenant(own.id).transaction(async (tx) => {
        await audit.hold(tx)
        if ((await countAddressBlocks(tx, now)) >= MAX_ADDRESS_BLOCKS) {
          throw problem('conflict', `There are ${MAX_ADDRESS_BLOCKS} blocks: lift some, or block in your proxy`)
        }
        const put = await putAddressBlock(tx, wish, now)
        const until = new Date(put.until).toISOString()
        await record(tx, actor, 'address.blocked', put.id, { rule: 'all', address: subject, until, reason })
        return put
      })
      addressBlocks.forget(own.id)
      return present('all', { ...block, tenantId: own.publicId })
    },

    async remove(own: Tenant, actor: Actor, id: string): Promise<undefined> {
      const isRemoved = (await removeByHand(own, actor, id)) || (await liftSignInBlock(own, actor, id))
      if (!isRemoved) throw problem('not_found', `There is no block ${id}`)
    },
  }
}

interface Shown {
  readonly id: string
  readonly tenantId: string
  readonly subject: string
  readonly until: number
  readonly reason: string
  readonly createdBy: string | null
}

function present(rule: 'all' | 'sign-in', { id, tenantId, subject, until, reason, createdBy }: Shown): Block {
  return { id, tenantId, rule, subject, until: new Date(until).toISOString(), reason, createdBy }
}

const ID_LENGTH = 26

/** A name for a block that stores of limits keep under tenant and address: from both, and without either. */
function idOf({ tenantId, subject }: SignInBlock): string {
  const digest = createHash('sha256').update(`${tenantId}@${subject}`).digest('hex').slice(0, 32)
  return `blk_${BigInt(`0x${digest}`).toString(36).padStart(ID_LENGTH, '0')}`
}
