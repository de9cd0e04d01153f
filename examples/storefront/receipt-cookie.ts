/** Which receipt this browser may have: that of the order it placed last. No script reads it. */
const COOKIE = 'receipt'

export function receiptCookie(receiptId: string): string {
  return `${COOKIE}=${receiptId}; Path=/receipt.pdf; HttpOnly; SameSite=Lax; Max-Age=2592000`
}

/** Empty where the browser has ordered nothing. */
export function readReceiptCookie(cookies: string | undefined): string {
  return new RegExp(`(?:^|; )${COOKIE}=(rcp_[0-9a-z]{26})`).exec(cookies ?? '')?.[1] ?? ''
}
