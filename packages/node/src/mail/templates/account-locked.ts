import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

export const accountLocked = mailTemplate({
  fields: { at: 'instant', lockedForMinutes: 'minutes', resetLink: 'link', device: 'line?', address: 'line?' },
  example: {
    at: '2026-11-22T07:41:00Z',
    lockedForMinutes: 15,
    resetLink: 'https://shop.example/forgot-password',
    device: 'Firefox on Windows',
    address: '203.0.113.24',
  },
  words: {
    en: (data, say) => ({
      subject: `Sign-in to your account at ${say.shop} is locked for now`,
      heading: 'Your account is locked for now',
      paragraphs: [
        `The password was wrong too often. Nobody can sign in from a new device for ${say.minutes(data.lockedForMinutes)}; devices that you use already keep working.`,
      ],
      facts: factsOf('en', data, say),
      action: { label: 'Choose a new password', link: data.resetLink },
      notice: ['If it was you, just wait. If it was not, your password has held; a new one is safer all the same.'],
    }),
    de: (data, say) => ({
      subject: `Die Anmeldung bei ${say.shop} ist vorübergehend gesperrt`,
      heading: 'Ihr Konto ist vorübergehend gesperrt',
      paragraphs: [
        `Das Passwort war zu oft falsch. Von neuen Geräten aus ist ${say.minutes(data.lockedForMinutes)} lang keine Anmeldung möglich; Geräte, die Sie bereits nutzen, funktionieren weiter.`,
      ],
      facts: factsOf('de', data, say),
      action: { label: 'Neues Passwort wählen', link: data.resetLink },
      notice: [
        'Waren Sie es selbst, warten Sie einfach. Waren Sie es nicht, hat Ihr Passwort gehalten; ein neues ist dennoch sicherer.',
      ],
    }),
    fr: (data, say) => ({
      subject: `La connexion à votre compte ${say.shop} est bloquée pour le moment`,
      heading: 'Votre compte est bloqué pour le moment',
      paragraphs: [
        `Le mot de passe a été erroné trop souvent. Aucune connexion depuis un nouvel appareil n’est possible pendant ${say.minutes(data.lockedForMinutes)} ; les appareils que vous utilisez déjà continuent de fonctionner.`,
      ],
      facts: factsOf('fr', data, say),
      action: { label: 'Choisir un mot de passe', link: data.resetLink },
      notice: [
        'Si c’était vous, il suffit d’attendre. Sinon, votre mot de passe a résisté ; un nouveau est néanmoins plus sûr.',
      ],
    }),
    es: (data, say) => ({
      subject: `El acceso a su cuenta en ${say.shop} está bloqueado por ahora`,
      heading: 'Su cuenta está bloqueada por ahora',
      paragraphs: [
        `La contraseña ha sido incorrecta demasiadas veces. Durante ${say.minutes(data.lockedForMinutes)} nadie puede iniciar sesión desde un dispositivo nuevo; los que ya usa siguen funcionando.`,
      ],
      facts: factsOf('es', data, say),
      action: { label: 'Elegir contraseña', link: data.resetLink },
      notice: [
        'Si ha sido usted, basta con esperar. Si no, su contraseña ha resistido; aun así, una nueva es más segura.',
      ],
    }),
  },
})
