import type { WebhookScheme } from '@tillwright/core/contract'
import { github } from './github.ts'
import type { Scheme } from './scheme.ts'
import { standard } from './standard.ts'
import { stripe } from './stripe.ts'
import { twilio } from './twilio.ts'
import { woocommerce } from './woocommerce.ts'

/** How each kind of sender signs. */
export const SCHEMES: Readonly<Record<WebhookScheme, Scheme>> = { standard, stripe, twilio, woocommerce, github }
