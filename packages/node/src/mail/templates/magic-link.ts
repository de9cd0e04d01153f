import { mailTemplate } from './content.ts'

export const magicLink = mailTemplate({
  fields: { link: 'link', expiresInMinutes: 'minutes' },
  example: { link: 'https://shop.example/sign-in?token=Mg4h7yTqX1oPb5sKe9Uw2Va8', expiresInMinutes: 10 },
  words: {
    en: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Your sign-in link for ${shop}`,
      heading: 'Sign in',
      paragraphs: [`Use this link to sign in to ${shop}, without a password.`],
      action: { label: 'Sign in', link },
      notice: [
        `The link works once, for ${minutes(expiresInMinutes)}. Do not forward this message: whoever has the link can sign in.`,
        'If you did not ask for it, ignore this message.',
      ],
    }),
    de: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Ihr Anmeldelink für ${shop}`,
      heading: 'Anmelden',
      paragraphs: [`Mit diesem Link melden Sie sich ohne Passwort bei ${shop} an.`],
      action: { label: 'Anmelden', link },
      notice: [
        `Der Link funktioniert einmal und ${minutes(expiresInMinutes)} lang. Leiten Sie diese Nachricht nicht weiter: Wer den Link hat, kann sich anmelden.`,
        'Haben Sie ihn nicht angefordert? Dann ignorieren Sie diese Nachricht.',
      ],
    }),
    fr: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Votre lien de connexion pour ${shop}`,
      heading: 'Connexion',
      paragraphs: [`Ce lien vous connecte à ${shop} sans mot de passe.`],
      action: { label: 'Se connecter', link },
      notice: [
        `Le lien fonctionne une seule fois, pendant ${minutes(expiresInMinutes)}. Ne transférez pas ce message : quiconque possède le lien peut se connecter.`,
        'Si vous ne l’avez pas demandé, ignorez ce message.',
      ],
    }),
    es: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Su enlace de acceso a ${shop}`,
      heading: 'Iniciar sesión',
      paragraphs: [`Con este enlace inicia sesión en ${shop} sin contraseña.`],
      action: { label: 'Iniciar sesión', link },
      notice: [
        `El enlace funciona una sola vez, durante ${minutes(expiresInMinutes)}. No reenvíe este mensaje: quien tenga el enlace puede iniciar sesión.`,
        'Si no lo ha pedido, ignore este mensaje.',
      ],
    }),
  },
})
