import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

/** Of a new password, also by a reset that took linked providers away, or of one that was taken away since whoever chose it had never shown that the address is theirs. */
export const passwordChanged = mailTemplate({
  fields: {
    change: ['chosen', 'reset', 'removed'],
    at: 'instant',
    resetLink: 'link',
    device: 'line?',
    address: 'line?',
  },
  example: {
    change: 'chosen',
    at: '2026-11-22T07:41:00Z',
    resetLink: 'https://shop.example/forgot-password',
    device: 'Safari on iPhone',
    address: '203.0.113.24',
  },
  words: {
    en: (data, say) => ({
      subject: `Your password for ${say.shop} was changed`,
      heading: 'Your password was changed',
      paragraphs: [
        data.change !== 'removed'
          ? `Your account at ${say.shop} has a new password. Other devices were signed out.`
          : `The password of your account at ${say.shop} was chosen before anybody had confirmed this address, so it was removed. All devices were signed out.`,
        ...(data.change === 'reset'
          ? [
              'Providers with which one could sign in, such as Google, were disconnected: connect yours again in your account.',
            ]
          : []),
      ],
      facts: factsOf('en', data, say),
      action: { label: 'That was not me', link: data.resetLink },
      notice: ['If it was you, there is nothing to do. If not, choose a new password at once.'],
    }),
    de: (data, say) => ({
      subject: `Ihr Passwort für ${say.shop} wurde geändert`,
      heading: 'Ihr Passwort wurde geändert',
      paragraphs: [
        data.change !== 'removed'
          ? `Ihr Konto bei ${say.shop} hat ein neues Passwort. Andere Geräte wurden abgemeldet.`
          : `Das Passwort Ihres Kontos bei ${say.shop} stammte aus der Zeit, bevor jemand diese Adresse bestätigt hatte, und wurde entfernt. Alle Geräte wurden abgemeldet.`,
        ...(data.change === 'reset'
          ? [
              'Anbieter, mit denen man sich anmelden konnte, etwa Google, wurden getrennt: Verbinden Sie Ihren im Konto wieder.',
            ]
          : []),
      ],
      facts: factsOf('de', data, say),
      action: { label: 'Das war ich nicht', link: data.resetLink },
      notice: ['Waren Sie es selbst, ist nichts zu tun. Wenn nicht, wählen Sie sofort ein neues Passwort.'],
    }),
    fr: (data, say) => ({
      subject: `Votre mot de passe pour ${say.shop} a été modifié`,
      heading: 'Votre mot de passe a été modifié',
      paragraphs: [
        data.change !== 'removed'
          ? `Votre compte chez ${say.shop} a un nouveau mot de passe. Les autres appareils ont été déconnectés.`
          : `Le mot de passe de votre compte chez ${say.shop} datait d’avant la confirmation de cette adresse ; il a été supprimé. Tous les appareils ont été déconnectés.`,
        ...(data.change === 'reset'
          ? [
              'Les fournisseurs de connexion, comme Google, ont été dissociés : associez de nouveau le vôtre dans votre compte.',
            ]
          : []),
      ],
      facts: factsOf('fr', data, say),
      action: { label: 'Ce n’était pas moi', link: data.resetLink },
      notice: ['Si c’était vous, il n’y a rien à faire. Sinon, choisissez tout de suite un nouveau mot de passe.'],
    }),
    es: (data, say) => ({
      subject: `Su contraseña de ${say.shop} ha cambiado`,
      heading: 'Su contraseña ha cambiado',
      paragraphs: [
        data.change !== 'removed'
          ? `Su cuenta en ${say.shop} tiene una nueva contraseña. Se ha cerrado la sesión en los demás dispositivos.`
          : `La contraseña de su cuenta en ${say.shop} se eligió antes de que alguien confirmara esta dirección y se ha eliminado. Se ha cerrado la sesión en todos los dispositivos.`,
        ...(data.change === 'reset'
          ? [
              'Se han desvinculado los proveedores con los que se podía entrar, como Google: vuelva a vincular el suyo en su cuenta.',
            ]
          : []),
      ],
      facts: factsOf('es', data, say),
      action: { label: 'No he sido yo', link: data.resetLink },
      notice: ['Si ha sido usted, no tiene que hacer nada. Si no, elija una nueva contraseña de inmediato.'],
    }),
  },
})
