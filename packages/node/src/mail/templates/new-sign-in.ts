import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

export const newSignIn = mailTemplate({
  fields: { at: 'instant', sessionsLink: 'link', device: 'line?', address: 'line?' },
  example: {
    at: '2026-11-22T07:41:00Z',
    sessionsLink: 'https://shop.example/account/sessions',
    device: 'Firefox on Linux',
    address: '203.0.113.24',
  },
  words: {
    en: (data, say) => ({
      subject: `New sign-in to your account at ${say.shop}`,
      heading: 'A new device signed in',
      paragraphs: [`Somebody signed in to your account at ${say.shop} from a device that we did not know.`],
      facts: factsOf('en', data, say),
      action: { label: 'See all sign-ins', link: data.sessionsLink },
      notice: ['If it was you, there is nothing to do. If not, end that session and choose a new password.'],
    }),
    de: (data, say) => ({
      subject: `Neue Anmeldung bei Ihrem Konto bei ${say.shop}`,
      heading: 'Ein neues Gerät hat sich angemeldet',
      paragraphs: [
        `Bei Ihrem Konto bei ${say.shop} hat sich jemand von einem Gerät aus angemeldet, das wir noch nicht kannten.`,
      ],
      facts: factsOf('de', data, say),
      action: { label: 'Alle Anmeldungen ansehen', link: data.sessionsLink },
      notice: [
        'Waren Sie es selbst, ist nichts zu tun. Wenn nicht, beenden Sie diese Sitzung und wählen Sie ein neues Passwort.',
      ],
    }),
    fr: (data, say) => ({
      subject: `Nouvelle connexion à votre compte chez ${say.shop}`,
      heading: 'Un nouvel appareil s’est connecté',
      paragraphs: [
        `Quelqu’un s’est connecté à votre compte chez ${say.shop} depuis un appareil que nous ne connaissions pas.`,
      ],
      facts: factsOf('fr', data, say),
      action: { label: 'Voir les connexions', link: data.sessionsLink },
      notice: [
        'Si c’était vous, il n’y a rien à faire. Sinon, fermez cette session et choisissez un nouveau mot de passe.',
      ],
    }),
    es: (data, say) => ({
      subject: `Nuevo inicio de sesión en su cuenta de ${say.shop}`,
      heading: 'Un dispositivo nuevo ha iniciado sesión',
      paragraphs: [`Alguien ha iniciado sesión en su cuenta de ${say.shop} desde un dispositivo que no conocíamos.`],
      facts: factsOf('es', data, say),
      action: { label: 'Ver las sesiones', link: data.sessionsLink },
      notice: ['Si ha sido usted, no tiene que hacer nada. Si no, cierre esa sesión y elija una nueva contraseña.'],
    }),
  },
})
