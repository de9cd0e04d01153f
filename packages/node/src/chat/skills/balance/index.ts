import type { LedgerPort } from '../../../ledger/ports.ts'
import { failure, found, many, none, type Skill } from '../../skill.ts'
import { textArgument } from '../arguments.ts'
import { accountItem, accountNamed, ownerOf } from '../ledger-owner.ts'

/** What is in an account of one's own. */
export function balance(ledger: LedgerPort): Skill {
  return {
    name: 'balance',
    who: 'person',
    async run(args, call) {
      const accounts = (await ledger.accountsOf(ownerOf(call))).filter(({ archived }) => !archived)
      const wanted = textArgument(args, 'account')
      const account = wanted === undefined && accounts.length === 1 ? accounts[0] : accountNamed(accounts, wanted)
      if (wanted !== undefined && !account) return failure('not_found')
      if (accounts.length === 0) return none()
      if (!account) return many('account', accounts.map(accountItem))
      const { name, balance: amount, pending } = account
      const available = { amount: amount.amount + pending.amount, currency: amount.currency }
      const card = { kind: 'account', id: account.id, title: name, price: amount, list: 'accounts' }
      return found({ count: 1, account: name, amount, available }, { cards: [card] })
    },
  }
}
