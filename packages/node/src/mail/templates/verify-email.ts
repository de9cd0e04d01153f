import { mailTemplate } from './content.ts'

export const verifyEmail = mailTemplate({
  fields: { link: 'link', expiresInMinutes: 'minutes' },
  example: { link: 'https://shop.example/verify?token=Vt8s2mQxR4kLw9aZc6Yd1Hn3', expiresInMinutes: 1_440 },
  words: {
    en: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Confirm your e-mail address for ${shop}`,
      heading: 'Confirm your e-mail address',
      paragraphs: [
        `Please confirm that this address is yours. After that you can use your account at ${shop} in full.`,
      ],
      action: { label: 'Confirm address', link },
      notice: [
        `The link works once, for ${minutes(expiresInMinutes)}.`,
        'If you did not create an account, ignore this message: nothing happens.',
      ],
    }),
    de: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Bestätigen Sie Ihre E-Mail-Adresse für ${shop}`,
      heading: 'E-Mail-Adresse bestätigen',
      paragraphs: [
        `Bitte bestätigen Sie, dass diese Adresse Ihnen gehört. Danach steht Ihnen Ihr Konto bei ${shop} ganz zur Verfügung.`,
      ],
      action: { label: 'Adresse bestätigen', link },
      notice: [
        `Der Link funktioniert einmal und ${minutes(expiresInMinutes)} lang.`,
        'Haben Sie kein Konto angelegt? Dann ignorieren Sie diese Nachricht, es geschieht nichts.',
      ],
    }),
    fr: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Confirmez votre adresse e-mail pour ${shop}`,
      heading: 'Confirmez votre adresse e-mail',
      paragraphs: [
        `Veuillez confirmer que cette adresse est bien la vôtre. Vous pourrez ensuite utiliser pleinement votre compte chez ${shop}.`,
      ],
      action: { label: 'Confirmer l’adresse', link },
      notice: [
        `Le lien fonctionne une seule fois, pendant ${minutes(expiresInMinutes)}.`,
        'Si vous n’avez pas créé de compte, ignorez ce message : rien ne se passera.',
      ],
    }),
    es: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Confirme su dirección de correo para ${shop}`,
      heading: 'Confirme su dirección de correo',
      paragraphs: [`Confirme que esta dirección es suya. Después podrá usar su cuenta en ${shop} sin limitaciones.`],
      action: { label: 'Confirmar dirección', link },
      notice: [
        `El enlace funciona una sola vez, durante ${minutes(expiresInMinutes)}.`,
        'Si no ha creado una cuenta, ignore este mensaje: no ocurrirá nada.',
      ],
    }),
  },
})
