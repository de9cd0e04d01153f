import { mailTemplate } from './content.ts'

export const accountExists = mailTemplate({
  fields: { signInLink: 'link', resetLink: 'link' },
  example: { signInLink: 'https://shop.example/sign-in', resetLink: 'https://shop.example/forgot-password' },
  words: {
    en: ({ signInLink, resetLink }, { shop }) => ({
      subject: `You already have an account at ${shop}`,
      heading: 'You already have an account',
      paragraphs: [`Somebody, most likely you, tried to create an account at ${shop} with this address.`],
      action: { label: 'Sign in', link: signInLink },
      notice: [
        `If you have forgotten your password, choose a new one: ${resetLink}`,
        'If it was not you, ignore this message: nothing has changed.',
      ],
    }),
    de: ({ signInLink, resetLink }, { shop }) => ({
      subject: `Sie haben schon ein Konto bei ${shop}`,
      heading: 'Sie haben schon ein Konto',
      paragraphs: [`Jemand, vermutlich Sie, wollte mit dieser Adresse ein Konto bei ${shop} anlegen.`],
      action: { label: 'Anmelden', link: signInLink },
      notice: [
        `Haben Sie Ihr Passwort vergessen? Dann wählen Sie ein neues: ${resetLink}`,
        'Waren Sie es nicht? Dann ignorieren Sie diese Nachricht, es hat sich nichts geändert.',
      ],
    }),
    fr: ({ signInLink, resetLink }, { shop }) => ({
      subject: `Vous avez déjà un compte chez ${shop}`,
      heading: 'Vous avez déjà un compte',
      paragraphs: [`Quelqu’un, sans doute vous, a voulu créer un compte chez ${shop} avec cette adresse.`],
      action: { label: 'Se connecter', link: signInLink },
      notice: [
        `Si vous avez oublié votre mot de passe, choisissez-en un nouveau : ${resetLink}`,
        'Si ce n’était pas vous, ignorez ce message : rien n’a changé.',
      ],
    }),
    es: ({ signInLink, resetLink }, { shop }) => ({
      subject: `Ya tiene una cuenta en ${shop}`,
      heading: 'Ya tiene una cuenta',
      paragraphs: [`Alguien, probablemente usted, ha querido crear una cuenta en ${shop} con esta dirección.`],
      action: { label: 'Iniciar sesión', link: signInLink },
      notice: [
        `Si ha olvidado su contraseña, elija una nueva: ${resetLink}`,
        'Si no ha sido usted, ignore este mensaje: nada ha cambiado.',
      ],
    }),
  },
})
