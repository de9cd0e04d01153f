import { mailTemplate } from './content.ts'

export const invitation = mailTemplate({
  fields: { link: 'link', expiresInMinutes: 'minutes', inviter: 'name?' },
  example: {
    link: 'https://shop.example/invitation?token=In6v3cXzA8mKq1rTy5Wb7Lp4',
    expiresInMinutes: 4_320,
    inviter: 'The owner',
  },
  words: {
    en: ({ link, expiresInMinutes, inviter }, { shop, minutes, name }) => ({
      subject: `Your invitation to ${shop}`,
      heading: `You are invited to ${shop}`,
      paragraphs: [
        `${name(inviter) ?? 'The team'} has created an account for you at ${shop}. Choose a password to begin.`,
      ],
      action: { label: 'Accept the invitation', link },
      notice: [
        `The link works once, for ${minutes(expiresInMinutes)}.`,
        'If you did not expect this, ignore the message: without a password nobody can use the account.',
      ],
    }),
    de: ({ link, expiresInMinutes, inviter }, { shop, minutes, name }) => ({
      subject: `Ihre Einladung zu ${shop}`,
      heading: `Sie sind zu ${shop} eingeladen`,
      paragraphs: [
        `${name(inviter) ?? 'Das Team'} hat bei ${shop} ein Konto für Sie angelegt. Wählen Sie ein Passwort, um zu beginnen.`,
      ],
      action: { label: 'Einladung annehmen', link },
      notice: [
        `Der Link funktioniert einmal und ${minutes(expiresInMinutes)} lang.`,
        'Haben Sie das nicht erwartet? Dann ignorieren Sie die Nachricht: Ohne Passwort kann niemand das Konto nutzen.',
      ],
    }),
    fr: ({ link, expiresInMinutes, inviter }, { shop, minutes, name }) => ({
      subject: `Votre invitation chez ${shop}`,
      heading: `Vous êtes invité(e) chez ${shop}`,
      paragraphs: [
        `${name(inviter) ?? 'L’équipe'} a créé un compte pour vous chez ${shop}. Choisissez un mot de passe pour commencer.`,
      ],
      action: { label: 'Accepter l’invitation', link },
      notice: [
        `Le lien fonctionne une seule fois, pendant ${minutes(expiresInMinutes)}.`,
        'Si vous ne vous y attendiez pas, ignorez ce message : sans mot de passe, personne ne peut utiliser le compte.',
      ],
    }),
    es: ({ link, expiresInMinutes, inviter }, { shop, minutes, name }) => ({
      subject: `Su invitación a ${shop}`,
      heading: `Le invitamos a ${shop}`,
      paragraphs: [
        `${name(inviter) ?? 'El equipo'} ha creado una cuenta para usted en ${shop}. Elija una contraseña para empezar.`,
      ],
      action: { label: 'Aceptar la invitación', link },
      notice: [
        `El enlace funciona una sola vez, durante ${minutes(expiresInMinutes)}.`,
        'Si no lo esperaba, ignore el mensaje: sin contraseña nadie puede usar la cuenta.',
      ],
    }),
  },
})
