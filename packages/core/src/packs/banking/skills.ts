import type { PackSkill } from '../../brain/dialogue/types.ts'

/** Looks at the person's own money. */
const looks = (label: string): PackSkill => ({ label, signedIn: true })
/** Changes something of it: never without a yes. */
const changes = (label: string): PackSkill => ({ label, signedIn: true, confirm: true })

export const BANKING_SKILLS: Readonly<Record<string, PackSkill>> = {
  balance: looks('look up the balance'),
  transactions: looks('look through your payments'),
  spending: looks('add up what you spent'),
  'pending-payments': looks('look what is pending'),
  transfer: changes('send the money'),
  'pay-bill': changes('pay the bill'),
  'upcoming-bills': looks('look which bills are due'),
  'card-status': looks('look what happened with the card'),
  'card-freeze': changes('freeze the card'),
  'card-unfreeze': changes('unfreeze the card'),
  'card-replace': changes('order the card'),
  'card-activate': changes('activate the card'),
  'pin-reminder': looks('show the way to your PIN'),
  fees: looks('look up the fees'),
  'exchange-rate': { label: 'look up the rate' },
  'fraud-report': changes('report the payment'),
  limits: looks('look up the limits'),
  'limit-change': changes('change the limit'),
  statement: looks('make the statement'),
  'direct-debits': looks('look up the direct debits'),
  'direct-debit-cancel': changes('stop the direct debit'),
  'standing-orders': looks('look up the standing orders'),
  'standing-order-set': changes('set up the standing order'),
  'standing-order-cancel': changes('stop the standing order'),
  'budget-view': looks('look at the budget'),
  'budget-set': changes('set the budget'),
  interest: looks('look up the interest'),
  'savings-move': changes('move the money to savings'),
  'top-up': changes('top up the account'),
  'refund-check': looks('look for the refund'),
  'address-update': changes('change your address'),
}
