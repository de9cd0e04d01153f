import type { Language } from './language.ts'

/** Words that every mail has, and labels of facts. */
export interface SharedWords {
  readonly linkAsText: string
  readonly footer: (shop: string) => string
  readonly when: string
  readonly device: string
  readonly address: string
}

export const SHARED_WORDS: Readonly<Record<Language, SharedWords>> = {
  en: {
    linkAsText: 'If the button does not work, open this address in your browser:',
    footer: (shop) => `You receive this message because it concerns your account at ${shop}. It is not advertising.`,
    when: 'When',
    device: 'Device',
    address: 'IP address',
  },
  de: {
    linkAsText: 'Falls die Schaltfläche nicht funktioniert, öffnen Sie diese Adresse in Ihrem Browser:',
    footer: (shop) => `Sie erhalten diese Nachricht, weil sie Ihr Konto bei ${shop} betrifft. Sie ist keine Werbung.`,
    when: 'Zeitpunkt',
    device: 'Gerät',
    address: 'IP-Adresse',
  },
  fr: {
    linkAsText: 'Si le bouton ne fonctionne pas, ouvrez cette adresse dans votre navigateur :',
    footer: (shop) =>
      `Vous recevez ce message parce qu’il concerne votre compte chez ${shop}. Il ne s’agit pas d’une publicité.`,
    when: 'Date',
    device: 'Appareil',
    address: 'Adresse IP',
  },
  es: {
    linkAsText: 'Si el botón no funciona, abra esta dirección en su navegador:',
    footer: (shop) => `Recibe este mensaje porque se refiere a su cuenta en ${shop}. No es publicidad.`,
    when: 'Fecha',
    device: 'Dispositivo',
    address: 'Dirección IP',
  },
}
