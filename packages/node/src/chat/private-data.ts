const CARD = /(?<![\d+])(?:[2-6]\d{3})(?:[ -]?\d){9,15}(?![\d])/g
const IBAN = /(?<![A-Za-z0-9])[A-Za-z]{2}\d{2}(?: ?[A-Za-z0-9]){11,30}(?![A-Za-z0-9])/g
const EMAIL = /[\p{L}\p{N}._%+-]{1,64}@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+){1,8}/gu
const PHONE = /(?<![\d#.,£$€-])(?:\+|00|0)\d(?:[ ()./-]{0,2}\d){7,13}(?!\d)/g

/** Whether a text holds the number of a payment card: 13 to 19 digits of a scheme's range whose check digit is right (ISO/IEC 7812-1). */
export function hasCardNumber(text: string): boolean {
  return cardNumbersIn(text).length > 0
}

/** A text whose card numbers say only that there was one. */
export function withoutCardNumbers(text: string): string {
  return text.replace(CARD, (found) => (isCardNumber(found) ? '[card number removed]' : found))
}

/** A text without card numbers, IBANs, e-mail addresses and phone numbers, for logs and whatever leaves the server. */
export function masked(text: string): string {
  return withoutCardNumbers(text).replace(IBAN, withoutIban).replace(EMAIL, '[e-mail]').replace(PHONE, '[phone]')
}

/** Words that follow an IBAN look like more of it: the longest beginning that is one is left out. */
function withoutIban(found: string): string {
  const words = found.split(' ')
  for (let count = words.length; count > 0; count--) {
    if (isIban(words.slice(0, count).join(''))) return ['[IBAN]', ...words.slice(count)].join(' ')
  }
  return found
}

function cardNumbersIn(text: string): string[] {
  return (text.match(CARD) ?? []).filter(isCardNumber)
}

function isCardNumber(text: string): boolean {
  const digits = text.replace(/\D/g, '')
  if (digits.length < 13 || digits.length > 19) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const counted = i % 2 === 1 ? digit * 2 : digit
    sum += counted > 9 ? counted - 9 : counted
  }
  return sum % 10 === 0
}

/** ISO 13616: the number modulo 97 is 1. */
function isIban(text: string): boolean {
  const plain = text.toUpperCase()
  if (plain.length < 15 || plain.length > 34) return false
  let rest = 0
  for (const character of plain.slice(4) + plain.slice(0, 4)) {
    const value = Number.parseInt(character, 36)
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97
  }
  return rest === 1
}
