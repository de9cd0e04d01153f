import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

/** Of a provider, Google for example, that is a way into an account from now on, or no longer. */
export const signInMethodChanged = mailTemplate({
  fields: {
    change: ['added', 'removed'],
    provider: 'line',
    at: 'instant',
    securityLink: 'link',
    device: 'line?',
    address: 'line?',
  },
  example: {
    change: 'added',
    provider: 'Google',
    at: '2026-11-22T07:41:00Z',
    securityLink: 'https://shop.example/account/security',
    device: 'Chrome on macOS',
    address: '203.0.113.24',
  },
  words: {
    en: (data, say) => {
      const isAdded = data.change === 'added'
      const heading = isAdded ? `You can sign in with ${data.provider} now` : `${data.provider} was disconnected`
      return {
        subject: `${say.shop}: ${heading}`,
        heading,
        paragraphs: [
          isAdded
            ? `Whoever signs in to your ${data.provider} account can open your account at ${say.shop} with it.`
            : `Your account at ${say.shop} no longer opens with ${data.provider}. Other devices were signed out.`,
        ],
        facts: factsOf('en', data, say),
        action: { label: 'Check the settings', link: data.securityLink },
        notice: ['If it was not you, choose a new password at once and check these settings.'],
      }
    },
    de: (data, say) => {
      const isAdded = data.change === 'added'
      const heading = isAdded
        ? `Sie können sich jetzt mit ${data.provider} anmelden`
        : `${data.provider} wurde vom Konto getrennt`
      return {
        subject: `${say.shop}: ${heading}`,
        heading,
        paragraphs: [
          isAdded
            ? `Wer sich bei Ihrem ${data.provider}-Konto anmeldet, kommt damit auch in Ihr Konto bei ${say.shop}.`
            : `Ihr Konto bei ${say.shop} öffnet sich nicht mehr mit ${data.provider}. Andere Geräte wurden abgemeldet.`,
        ],
        facts: factsOf('de', data, say),
        action: { label: 'Einstellungen prüfen', link: data.securityLink },
        notice: ['Waren Sie es nicht, wählen Sie sofort ein neues Passwort und prüfen Sie diese Einstellungen.'],
      }
    },
    fr: (data, say) => {
      const isAdded = data.change === 'added'
      const heading = isAdded
        ? `Vous pouvez maintenant vous connecter avec ${data.provider}`
        : `${data.provider} n’est plus associé à votre compte`
      return {
        subject: `${say.shop} : ${heading}`,
        heading,
        paragraphs: [
          isAdded
            ? `Quiconque se connecte à votre compte ${data.provider} peut ouvrir votre compte chez ${say.shop}.`
            : `Votre compte chez ${say.shop} ne s’ouvre plus avec ${data.provider}. Les autres appareils ont été déconnectés.`,
        ],
        facts: factsOf('fr', data, say),
        action: { label: 'Vérifier les réglages', link: data.securityLink },
        notice: ['Si ce n’était pas vous, choisissez tout de suite un nouveau mot de passe et vérifiez ces réglages.'],
      }
    },
    es: (data, say) => {
      const isAdded = data.change === 'added'
      const heading = isAdded
        ? `Ya puede iniciar sesión con ${data.provider}`
        : `${data.provider} ya no está vinculado a su cuenta`
      return {
        subject: `${say.shop}: ${heading}`,
        heading,
        paragraphs: [
          isAdded
            ? `Quien entre en su cuenta de ${data.provider} podrá abrir con ella su cuenta en ${say.shop}.`
            : `Su cuenta en ${say.shop} ya no se abre con ${data.provider}. Se ha cerrado la sesión en los demás dispositivos.`,
        ],
        facts: factsOf('es', data, say),
        action: { label: 'Revisar los ajustes', link: data.securityLink },
        notice: ['Si no ha sido usted, elija una nueva contraseña de inmediato y revise estos ajustes.'],
      }
    },
  },
})
