import { mailTemplate } from './content.ts'

/** What was said in a chat, to the account that it belongs to. */
export const chatTranscript = mailTemplate({
  fields: { at: 'instant', lines: 'lines' },
  example: { at: '2026-11-27T07:41:00Z', lines: 'You: Where is my order?\nAssistant: Order 1042 was delivered.' },
  words: {
    en: ({ at, lines }, say) => ({
      subject: `Your conversation with ${say.shop}`,
      heading: 'Your conversation',
      paragraphs: [`This was said until ${say.instant(at)}.`, ...lines.split('\n')],
      notice: ['You asked for this mail in the chat. Card numbers, e-mail addresses and phone numbers are left out.'],
    }),
    de: ({ at, lines }, say) => ({
      subject: `Ihr Gespräch mit ${say.shop}`,
      heading: 'Ihr Gespräch',
      paragraphs: [`Das wurde bis ${say.instant(at)} gesagt.`, ...lines.split('\n')],
      notice: ['Sie haben diese Mail im Chat angefordert. Karten- und Telefonnummern und Mailadressen fehlen darin.'],
    }),
    fr: ({ at, lines }, say) => ({
      subject: `Votre conversation avec ${say.shop}`,
      heading: 'Votre conversation',
      paragraphs: [`Voici ce qui a été dit jusqu’au ${say.instant(at)}.`, ...lines.split('\n')],
      notice: [
        'Vous avez demandé ce message dans le chat. Les numéros de carte et de téléphone et les adresses en sont retirés.',
      ],
    }),
    es: ({ at, lines }, say) => ({
      subject: `Su conversación con ${say.shop}`,
      heading: 'Su conversación',
      paragraphs: [`Esto se dijo hasta el ${say.instant(at)}.`, ...lines.split('\n')],
      notice: ['Pidió este correo en el chat. No incluye números de tarjeta ni de teléfono ni direcciones de correo.'],
    }),
  },
})
