import { mailTemplate } from './content.ts'

/** A receipt or a credit note; the document itself is attached. */
export const receipt = mailTemplate({
  fields: { link: 'link', number: 'line', total: 'line', receiptId: 'line' },
  example: {
    link: 'https://shop.example/receipt/ten_01.Rc9v3cXzA8mKq1rTy5Wb7Lp4',
    number: 'R-2026-00042',
    total: '£12.99',
    receiptId: 'rcp_01',
  },
  words: {
    en: ({ link, number, total }, { shop }) => ({
      subject: `Your receipt ${number} from ${shop}`,
      heading: `Receipt ${number}`,
      paragraphs: [`Here is your receipt from ${shop}. It is attached as a PDF.`],
      facts: [['Total', total]],
      action: { label: 'View the receipt', link },
      notice: ['The link works for 30 days. After that it asks for your e-mail address and sends a new one.'],
    }),
    de: ({ link, number, total }, { shop }) => ({
      subject: `Ihre Rechnung ${number} von ${shop}`,
      heading: `Rechnung ${number}`,
      paragraphs: [`Hier ist Ihre Rechnung von ${shop}. Sie ist als PDF angehängt.`],
      facts: [['Summe', total]],
      action: { label: 'Rechnung ansehen', link },
      notice: ['Der Link funktioniert 30 Tage. Danach fragt er nach Ihrer E-Mail-Adresse und sendet einen neuen.'],
    }),
    fr: ({ link, number, total }, { shop }) => ({
      subject: `Votre reçu ${number} de ${shop}`,
      heading: `Reçu ${number}`,
      paragraphs: [`Voici votre reçu de ${shop}. Il est joint en PDF.`],
      facts: [['Total', total]],
      action: { label: 'Voir le reçu', link },
      notice: ['Le lien fonctionne 30 jours. Ensuite, il demande votre adresse e-mail et en envoie un nouveau.'],
    }),
    es: ({ link, number, total }, { shop }) => ({
      subject: `Su recibo ${number} de ${shop}`,
      heading: `Recibo ${number}`,
      paragraphs: [`Aquí tiene su recibo de ${shop}. Va adjunto en PDF.`],
      facts: [['Total', total]],
      action: { label: 'Ver el recibo', link },
      notice: ['El enlace funciona durante 30 días. Después pide su dirección de correo y envía uno nuevo.'],
    }),
  },
})
