const ALPHABET = 'abcdefghijklmnopqrstuvwxyz'

/** The text with one random slip of the fingers: a letter left out, doubled up, replaced, added, or two letters swapped. */
export function withTypo(text: string, random: () => number): string {
  const letters = [...text]
  if (letters.length < 2) return text
  const at = Math.floor(random() * letters.length)
  const other = ALPHABET[Math.floor(random() * ALPHABET.length)]!
  switch (Math.floor(random() * 4)) {
    case 0:
      letters.splice(at, 1)
      break
    case 1:
      letters.splice(at, 0, other)
      break
    case 2:
      letters[at] = other
      break
    default: {
      const left = Math.min(at, letters.length - 2)
      letters.splice(left, 2, letters[left + 1]!, letters[left]!)
    }
  }
  return letters.join('')
}
