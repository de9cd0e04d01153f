import { mailTemplate } from './content.ts'

/** To whom a bill belongs: it is due in a few days. `dueOn` is a calendar day, `amount` as `12.50 GBP`. */
export const billDue = mailTemplate({
  fields: { name: 'name?', amount: 'line', dueOn: 'line' },
  example: { name: 'City Water', amount: '42.10 GBP', dueOn: '2026-11-30' },
  words: {
    en: ({ name, amount, dueOn }, say) => ({
      subject: `${say.shop}: a bill is due on ${day('en-GB', dueOn)}`,
      heading: 'A bill is due',
      paragraphs: [
        `${say.name(name) ?? 'A bill'} is due on ${day('en-GB', dueOn)}. It counts as paid once the payment arrives.`,
      ],
      facts: [
        ['Amount', amount],
        ['Due', day('en-GB', dueOn)],
      ],
      notice: ['You can change or end reminders of a bill where you entered it.'],
    }),
    de: ({ name, amount, dueOn }, say) => ({
      subject: `${say.shop}: Eine Rechnung ist am ${day('de', dueOn)} fällig`,
      heading: 'Eine Rechnung ist fällig',
      paragraphs: [
        `${say.name(name) ?? 'Eine Rechnung'} ist am ${day('de', dueOn)} fällig. Sie gilt als bezahlt, sobald die Zahlung eingeht.`,
      ],
      facts: [
        ['Betrag', amount],
        ['Fällig', day('de', dueOn)],
      ],
      notice: ['Erinnerungen lassen sich dort ändern oder beenden, wo die Rechnung eingetragen ist.'],
    }),
    fr: ({ name, amount, dueOn }, say) => ({
      subject: `${say.shop} : une facture est à payer le ${day('fr', dueOn)}`,
      heading: 'Une facture est à payer',
      paragraphs: [
        `${say.name(name) ?? 'Une facture'} est à payer le ${day('fr', dueOn)}. Elle sera considérée comme payée dès que le paiement arrivera.`,
      ],
      facts: [
        ['Montant', amount],
        ['Échéance', day('fr', dueOn)],
      ],
      notice: ['Vous pouvez modifier ou arrêter les rappels là où la facture est enregistrée.'],
    }),
    es: ({ name, amount, dueOn }, say) => ({
      subject: `${say.shop}: una factura vence el ${day('es', dueOn)}`,
      heading: 'Vence una factura',
      paragraphs: [
        `${say.name(name) ?? 'Una factura'} vence el ${day('es', dueOn)}. Constará como pagada en cuanto llegue el pago.`,
      ],
      facts: [
        ['Importe', amount],
        ['Vencimiento', day('es', dueOn)],
      ],
      notice: ['Puede cambiar o detener los recordatorios allí donde registró la factura.'],
    }),
  },
})

function day(language: string, dueOn: string): string {
  const at = Date.parse(`${dueOn}T00:00:00Z`)
  if (Number.isNaN(at)) return dueOn
  return new Intl.DateTimeFormat(language, { dateStyle: 'long', timeZone: 'UTC' }).format(at)
}
