/**
 * English words that say much the same to a shop or a bank, a group a line. With few examples an intent they stand in for the
 * examples that nobody wrote. Changing them changes what a file means: raise the format's version with them.
 */
const GROUPS = `
pay paid payment payments paying payed settle settlement
buy bought purchase purchases purchased purchasing buying
order orders ordered ordering
money cash funds fund
send sent sending transfer transfers transferred transferring transfered wire remit
receive received receiving receipt get got getting gotten obtain obtained acquire
deliver delivery delivered delivering shipping ship shipped shipment dispatch dispatched post posted mail mailed
arrive arrived arrival arriving arrives come came coming comes
parcel package packages parcels packet
lose lost losing missing misplaced misplace disappeared gone vanished
steal stolen theft stole robbed robbery thief mugged
find found locate located
fraud fraudulent scam scammed unauthorized unauthorised suspicious hacked compromised
wrong incorrect incorrectly wrongly mistake mistaken error erroneous inaccurate
fail failed failing fails failure unsuccessful
decline declined declining declines reject rejected refuse refused deny denied rejecting
work working works worked function functioning functional
broken broke damaged faulty defective
cancel cancelled canceled cancelling canceling cancellation revert reverse reversed reverted undo undone stop stopped
refund refunded refunds refunding reimburse reimbursed reimbursement return returned returning
change changed changing changes update updated updating modify edit alter switch
fee fees charge charged charges charging cost costs surcharge
price prices priced pricing
free gratis
extra additional added another
exchange exchanged exchanging convert converted conversion converting
currency currencies
atm cashpoint atms
withdraw withdrew withdrawal withdrawals withdrawing withdrawn
deposit deposited deposits depositing
topup topups topped topping
add adding load loading
cheque cheques
balance balances
limit limits maximum max restriction restrictions limited cap restricted
country countries abroad europe european overseas foreign international internationally
travel travelling traveling trip holiday vacation
phone mobile cell cellphone smartphone
identity identification id
verify verification verified verifying prove proof confirm confirmed authenticate
documents documentation paperwork papers
name names surname
address addresses
pin passcode password code
forgot forgotten forget remember
unblock unlock unblocked unlocked
block blocked locked freeze frozen blocking
swallow swallowed ate eaten stuck retained kept
activate activated activation activating enable
link linked linking connect connected connecting
virtual disposable
physical plastic
replace replacement renew new reissue
expire expired expires expiration expiry expiring
duplicate twice double doubled repeated multiple duplicated
pending processing progress hold waiting wait waited
long quickly fast quick soon rush express urgent urgently asap slow
time times
days day week weeks business
recipient beneficiary payee receiver
friend friends someone somebody person
child children kid kids son daughter
age old young
close closed closing delete deleted deleting terminate deactivate remove
open opened opening start started
recognise recognize recognised recognized recognition unknown unfamiliar strange
show showing shows appear appeared appears appearing see display visible
statement statements history
track tracking tracked trace status
explain explanation reason why
help assist assistance support
tell know advise inform information info
want need would wish like
able possible allowed permitted
where wheres
rate rates
source sources origin
reset recover restore
security secure safe safety
shop store merchant seller retailer
discount voucher coupon promo promotion promotional deal deals offer sale
stock available availability
size sizes
gift present presents
colour color colours colors
cheap cheaper cheapest affordable inexpensive
expensive costly dear
complain complaint complaints unhappy disappointed
invoice bill bills invoices
salary wage wages paycheck
hello hi hey greetings
thanks thank cheers
bye goodbye farewell
human agent operator representative
`

const ENDINGS = ['ings', 'ing', 'ies', 'ied', 'ed', 'es', 's', 'ly', 'er'] as const
const SHORTEST_STEM = 4

/** One name for English words that are forms of each other or mean much the same; of others their stem. */
export function createEnglishConcepts(): (word: string) => string {
  const concepts = new Map<string, string>()
  for (const line of GROUPS.trim().split('\n')) {
    const [name, ...others] = line.split(' ')
    for (const word of [name!, ...others]) if (!concepts.has(word)) concepts.set(word, name!)
  }
  return (word) => {
    const known = concepts.get(word)
    if (known !== undefined) return known
    const stem = stemOf(word)
    return concepts.get(stem) ?? stem
  }
}

function stemOf(word: string): string {
  for (const ending of ENDINGS) {
    if (!word.endsWith(ending) || word.length - ending.length < SHORTEST_STEM) continue
    const stem = word.slice(0, -ending.length)
    const last = stem.at(-1)!
    return last === stem.at(-2) || last === 'e' ? stem.slice(0, -1) : stem
  }
  return word.endsWith('e') && word.length > SHORTEST_STEM ? word.slice(0, -1) : word
}
