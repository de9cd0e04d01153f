import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

/** Goes to the old address. `newAddress` is shown in part: `a…@example.com`. */
export const emailChanged = mailTemplate({
  fields: { at: 'instant', newAddress: 'line', supportLink: 'link', device: 'line?', address: 'line?' },
  example: {
    at: '2026-11-22T07:41:00Z',
    newAddress: 'm…@example.com',
    supportLink: 'https://shop.example/help',
    device: 'Chrome on Android',
    address: '203.0.113.24',
  },
  words: {
    en: (data, say) => ({
      subject: `The e-mail address of your account at ${say.shop} was changed`,
      heading: 'Your e-mail address was changed',
      paragraphs: [
        `Your account at ${say.shop} now uses the address ${data.newAddress}. This is the last message to the old one.`,
      ],
      facts: factsOf('en', data, say),
      action: { label: 'That was not me', link: data.supportLink },
      notice: ['If it was you, there is nothing to do. If not, tell us at once.'],
    }),
    de: (data, say) => ({
      subject: `Die E-Mail-Adresse Ihres Kontos bei ${say.shop} wurde geändert`,
      heading: 'Ihre E-Mail-Adresse wurde geändert',
      paragraphs: [
        `Ihr Konto bei ${say.shop} nutzt nun die Adresse ${data.newAddress}. Dies ist die letzte Nachricht an die alte.`,
      ],
      facts: factsOf('de', data, say),
      action: { label: 'Das war ich nicht', link: data.supportLink },
      notice: ['Waren Sie es selbst, ist nichts zu tun. Wenn nicht, melden Sie sich sofort bei uns.'],
    }),
    fr: (data, say) => ({
      subject: `L’adresse e-mail de votre compte chez ${say.shop} a été modifiée`,
      heading: 'Votre adresse e-mail a été modifiée',
      paragraphs: [
        `Votre compte chez ${say.shop} utilise désormais l’adresse ${data.newAddress}. Ceci est le dernier message envoyé à l’ancienne.`,
      ],
      facts: factsOf('fr', data, say),
      action: { label: 'Ce n’était pas moi', link: data.supportLink },
      notice: ['Si c’était vous, il n’y a rien à faire. Sinon, prévenez-nous tout de suite.'],
    }),
    es: (data, say) => ({
      subject: `La dirección de correo de su cuenta en ${say.shop} ha cambiado`,
      heading: 'Su dirección de correo ha cambiado',
      paragraphs: [
        `Su cuenta en ${say.shop} usa ahora la dirección ${data.newAddress}. Este es el último mensaje a la anterior.`,
      ],
      facts: factsOf('es', data, say),
      action: { label: 'No he sido yo', link: data.supportLink },
      notice: ['Si ha sido usted, no tiene que hacer nada. Si no, avísenos de inmediato.'],
    }),
  },
})
