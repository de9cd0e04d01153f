import { mailTemplate } from './content.ts'

export const resetPassword = mailTemplate({
  fields: { link: 'link', expiresInMinutes: 'minutes' },
  example: { link: 'https://shop.example/reset?token=Rk5t9bWqZ2xNv7cLp3Jf8Ds6', expiresInMinutes: 60 },
  words: {
    en: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Choose a new password for ${shop}`,
      heading: 'Choose a new password',
      paragraphs: [`Somebody, most likely you, asked for a new password for your account at ${shop}.`],
      action: { label: 'Choose a new password', link },
      notice: [
        `The link works once, for ${minutes(expiresInMinutes)}. Everybody who is signed in to your account is then signed out.`,
        'If it was not you, ignore this message: your password stays as it is.',
      ],
    }),
    de: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Neues Passwort für ${shop} wählen`,
      heading: 'Neues Passwort wählen',
      paragraphs: [`Jemand, vermutlich Sie selbst, hat ein neues Passwort für Ihr Konto bei ${shop} angefordert.`],
      action: { label: 'Neues Passwort wählen', link },
      notice: [
        `Der Link funktioniert einmal und ${minutes(expiresInMinutes)} lang. Danach werden alle Anmeldungen bei Ihrem Konto beendet.`,
        'Waren Sie es nicht? Dann ignorieren Sie diese Nachricht, Ihr Passwort bleibt unverändert.',
      ],
    }),
    fr: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Choisissez un nouveau mot de passe pour ${shop}`,
      heading: 'Choisissez un nouveau mot de passe',
      paragraphs: [`Quelqu’un, sans doute vous, a demandé un nouveau mot de passe pour votre compte chez ${shop}.`],
      action: { label: 'Choisir un mot de passe', link },
      notice: [
        `Le lien fonctionne une seule fois, pendant ${minutes(expiresInMinutes)}. Toutes les sessions de votre compte seront ensuite fermées.`,
        'Si ce n’était pas vous, ignorez ce message : votre mot de passe reste inchangé.',
      ],
    }),
    es: ({ link, expiresInMinutes }, { shop, minutes }) => ({
      subject: `Elija una nueva contraseña para ${shop}`,
      heading: 'Elija una nueva contraseña',
      paragraphs: [`Alguien, probablemente usted, ha pedido una nueva contraseña para su cuenta en ${shop}.`],
      action: { label: 'Elegir contraseña', link },
      notice: [
        `El enlace funciona una sola vez, durante ${minutes(expiresInMinutes)}. Después se cerrarán todas las sesiones de su cuenta.`,
        'Si no ha sido usted, ignore este mensaje: su contraseña no cambia.',
      ],
    }),
  },
})
