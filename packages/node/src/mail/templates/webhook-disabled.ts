import { mailTemplate } from './content.ts'
import { factsOf } from './facts.ts'

/** To the owners of a shop: nothing has arrived at one of its webhooks for days. */
export const webhookDisabled = mailTemplate({
  fields: { at: 'instant', since: 'instant', host: 'line' },
  example: { at: '2026-11-27T07:41:00Z', since: '2026-11-22T07:41:00Z', host: 'hooks.shop.example' },
  words: {
    en: (data, say) => ({
      subject: `A webhook of ${say.shop} was switched off`,
      heading: 'A webhook was switched off',
      paragraphs: [
        `Nothing has arrived at ${data.host} for several days. The webhook was switched off, and no more messages are sent there.`,
      ],
      facts: [['Failing since', say.instant(data.since)], ...factsOf('en', data, say)],
      notice: [
        'Once the address works again, an administrator can switch the webhook on and send again what was given up. Messages are kept for 30 days.',
      ],
    }),
    de: (data, say) => ({
      subject: `Ein Webhook von ${say.shop} wurde abgeschaltet`,
      heading: 'Ein Webhook wurde abgeschaltet',
      paragraphs: [
        `Bei ${data.host} ist seit mehreren Tagen nichts mehr angekommen. Der Webhook wurde abgeschaltet, es werden keine Nachrichten mehr dorthin gesendet.`,
      ],
      facts: [['Gestört seit', say.instant(data.since)], ...factsOf('de', data, say)],
      notice: [
        'Sobald die Adresse wieder funktioniert, kann eine Administratorin oder ein Administrator den Webhook einschalten und aufgegebene Nachrichten erneut senden. Nachrichten werden 30 Tage aufbewahrt.',
      ],
    }),
    fr: (data, say) => ({
      subject: `Un webhook de ${say.shop} a été désactivé`,
      heading: 'Un webhook a été désactivé',
      paragraphs: [
        `Rien n’est parvenu à ${data.host} depuis plusieurs jours. Le webhook a été désactivé et plus aucun message n’y est envoyé.`,
      ],
      facts: [['En échec depuis', say.instant(data.since)], ...factsOf('fr', data, say)],
      notice: [
        'Dès que l’adresse fonctionnera de nouveau, un administrateur pourra réactiver le webhook et renvoyer les messages abandonnés. Les messages sont conservés 30 jours.',
      ],
    }),
    es: (data, say) => ({
      subject: `Se ha desactivado un webhook de ${say.shop}`,
      heading: 'Se ha desactivado un webhook',
      paragraphs: [
        `No ha llegado nada a ${data.host} desde hace varios días. El webhook se ha desactivado y ya no se envían mensajes a esa dirección.`,
      ],
      facts: [['Falla desde', say.instant(data.since)], ...factsOf('es', data, say)],
      notice: [
        'Cuando la dirección vuelva a funcionar, un administrador podrá activar el webhook y reenviar los mensajes abandonados. Los mensajes se conservan 30 días.',
      ],
    }),
  },
})
