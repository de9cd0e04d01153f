const RUN = /(?<![\d.])\d(?:[ -]?\d){12,18}(?![\d.])/g

/** Whether a text holds what looks like the number of a payment card: 13 to 19 digits whose check digit is right (ISO/IEC 7812-1, Luhn). */
export function hasCardNumber(text: string): boolean {
  return [...text.matchAll(RUN)].some(([run]) => isCardNumber(run.replace(/[ -]/g, '')))
}

function isCardNumber(digits: string): boolean {
  if (/^(\d)\1+$/.test(digits)) return false
  let sum = 0
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i])
    const doubled = i % 2 === 1 ? digit * 2 : digit
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}
