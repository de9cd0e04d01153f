import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

export const twoFactorChanged = mailTemplate({
  fields: {
    change: ['enabled', 'disabled', 'recovery-code-used', 'recovery-codes-renewed'],
    at: 'instant',
    securityLink: 'link',
    device: 'line?',
    address: 'line?',
  },
  example: {
    change: 'disabled',
    at: '2026-11-22T07:41:00Z',
    securityLink: 'https://shop.example/account/security',
    device: 'Chrome on macOS',
    address: '203.0.113.24',
  },
  words: {
    en: (data, say) => {
      const heading = {
        enabled: 'Two-step sign-in was switched on',
        disabled: 'Two-step sign-in was switched off',
        'recovery-code-used': 'A recovery code was used',
        'recovery-codes-renewed': 'You have new recovery codes',
      }[data.change]
      const meaning = {
        enabled: 'From now on, signing in takes a code from your app as well as your password.',
        disabled: 'From now on, your password alone is enough to sign in.',
        'recovery-code-used': 'It took the place of a code from your app, and cannot be used again.',
        'recovery-codes-renewed': 'The old ones do not work any more.',
      }[data.change]
      return {
        subject: `${say.shop}: ${heading}`,
        heading,
        paragraphs: [`This concerns your account at ${say.shop}. ${meaning}`],
        facts: factsOf('en', data, say),
        action: { label: 'Check the settings', link: data.securityLink },
        notice: ['If it was not you, choose a new password at once and check these settings.'],
      }
    },
    de: (data, say) => {
      const heading = {
        enabled: 'Die Anmeldung in zwei Schritten wurde eingeschaltet',
        disabled: 'Die Anmeldung in zwei Schritten wurde ausgeschaltet',
        'recovery-code-used': 'Ein Wiederherstellungscode wurde benutzt',
        'recovery-codes-renewed': 'Sie haben neue Wiederherstellungscodes',
      }[data.change]
      const meaning = {
        enabled: 'Von nun an brauchen Sie zum Anmelden neben dem Passwort einen Code aus Ihrer App.',
        disabled: 'Von nun an genügt zum Anmelden das Passwort.',
        'recovery-code-used': 'Er hat einen Code aus Ihrer App ersetzt und gilt nicht noch einmal.',
        'recovery-codes-renewed': 'Die alten gelten nicht mehr.',
      }[data.change]
      return {
        subject: `${say.shop}: ${heading}`,
        heading,
        paragraphs: [`Es geht um Ihr Konto bei ${say.shop}. ${meaning}`],
        facts: factsOf('de', data, say),
        action: { label: 'Einstellungen prüfen', link: data.securityLink },
        notice: ['Waren Sie es nicht, wählen Sie sofort ein neues Passwort und prüfen Sie diese Einstellungen.'],
      }
    },
    fr: (data, say) => {
      const heading = {
        enabled: 'La connexion en deux étapes a été activée',
        disabled: 'La connexion en deux étapes a été désactivée',
        'recovery-code-used': 'Un code de secours a été utilisé',
        'recovery-codes-renewed': 'Vous avez de nouveaux codes de secours',
      }[data.change]
      const meaning = {
        enabled: 'Désormais, la connexion demande un code de votre application en plus du mot de passe.',
        disabled: 'Désormais, le mot de passe suffit pour se connecter.',
        'recovery-code-used': 'Il a remplacé un code de votre application et ne peut plus servir.',
        'recovery-codes-renewed': 'Les anciens ne fonctionnent plus.',
      }[data.change]
      return {
        subject: `${say.shop} : ${heading}`,
        heading,
        paragraphs: [`Il s’agit de votre compte chez ${say.shop}. ${meaning}`],
        facts: factsOf('fr', data, say),
        action: { label: 'Vérifier les réglages', link: data.securityLink },
        notice: ['Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe et vérifiez ces réglages.'],
      }
    },
    es: (data, say) => {
      const heading = {
        enabled: 'Se ha activado el acceso en dos pasos',
        disabled: 'Se ha desactivado el acceso en dos pasos',
        'recovery-code-used': 'Se ha usado un código de recuperación',
        'recovery-codes-renewed': 'Tiene nuevos códigos de recuperación',
      }[data.change]
      const meaning = {
        enabled:
          'A partir de ahora, para iniciar sesión hace falta un código de su aplicación además de la contraseña.',
        disabled: 'A partir de ahora, basta la contraseña para iniciar sesión.',
        'recovery-code-used': 'Ha sustituido a un código de su aplicación y no puede volver a usarse.',
        'recovery-codes-renewed': 'Los anteriores ya no funcionan.',
      }[data.change]
      return {
        subject: `${say.shop}: ${heading}`,
        heading,
        paragraphs: [`Se trata de su cuenta en ${say.shop}. ${meaning}`],
        facts: factsOf('es', data, say),
        action: { label: 'Revisar los ajustes', link: data.securityLink },
        notice: ['Si no ha sido usted, elija una nueva contraseña de inmediato y revise estos ajustes.'],
      }
    },
  },
})
