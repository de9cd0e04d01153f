import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

export const accountDeleted = mailTemplate({
  fields: { at: 'instant' },
  example: { at: '2026-11-22T07:41:00Z' },
  words: {
    en: (data, say) => ({
      subject: `Your account at ${say.shop} was deleted`,
      heading: 'Your account was deleted',
      paragraphs: [
        `Your account at ${say.shop} and what belonged to it are deleted, apart from what the law makes us keep, such as invoices.`,
      ],
      facts: factsOf('en', data, say),
      notice: ['This is our last message to you. If you did not ask for this, please contact the shop.'],
    }),
    de: (data, say) => ({
      subject: `Ihr Konto bei ${say.shop} wurde gelöscht`,
      heading: 'Ihr Konto wurde gelöscht',
      paragraphs: [
        `Ihr Konto bei ${say.shop} und was dazu gehörte ist gelöscht, ausgenommen was wir von Gesetzes wegen aufbewahren müssen, etwa Rechnungen.`,
      ],
      facts: factsOf('de', data, say),
      notice: [
        'Dies ist unsere letzte Nachricht an Sie. Haben Sie das nicht veranlasst, wenden Sie sich bitte an den Shop.',
      ],
    }),
    fr: (data, say) => ({
      subject: `Votre compte chez ${say.shop} a été supprimé`,
      heading: 'Votre compte a été supprimé',
      paragraphs: [
        `Votre compte chez ${say.shop} et tout ce qui s’y rattachait sont supprimés, hormis ce que la loi nous oblige à conserver, comme les factures.`,
      ],
      facts: factsOf('fr', data, say),
      notice: ['Ceci est notre dernier message. Si vous ne l’avez pas demandé, veuillez contacter la boutique.'],
    }),
    es: (data, say) => ({
      subject: `Su cuenta en ${say.shop} ha sido eliminada`,
      heading: 'Su cuenta ha sido eliminada',
      paragraphs: [
        `Su cuenta en ${say.shop} y todo lo relacionado con ella se han eliminado, salvo lo que la ley nos obliga a conservar, como las facturas.`,
      ],
      facts: factsOf('es', data, say),
      notice: ['Este es nuestro último mensaje. Si no lo ha pedido, póngase en contacto con la tienda.'],
    }),
  },
})
