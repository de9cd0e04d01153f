import type { Strings } from '../i18n.ts'
import type { PageName } from './page.ts'

export interface ConsoleWords {
  readonly title: string
  /** Of the menu. */
  readonly menu: string
  readonly pages: Readonly<Record<PageName, string>>
  readonly loading: string
  /** The file of a page did not come. */
  readonly broken: string
  readonly retry: string
  readonly forbidden: string
}

export const strings: Strings<ConsoleWords> = {
  en: {
    title: 'Console',
    menu: 'Pages',
    pages: {
      overview: 'Overview',
      rules: 'Rules',
      settings: 'Settings',
      report: 'Report',
      models: 'Models',
      mails: 'Mail',
      webhooks: 'Webhooks',
      blocks: 'Blocks',
    },
    loading: 'Asking the server …',
    broken: 'This page could not be loaded.',
    retry: 'Try again',
    forbidden: 'Your role does not show this page. An administrator of the shop can change that.',
  },
  de: {
    title: 'Konsole',
    menu: 'Seiten',
    pages: {
      overview: 'Übersicht',
      rules: 'Regeln',
      settings: 'Einstellungen',
      report: 'Bericht',
      models: 'Modelle',
      mails: 'Mails',
      webhooks: 'Webhooks',
      blocks: 'Sperren',
    },
    loading: 'Der Server wird gefragt …',
    broken: 'Diese Seite konnte nicht geladen werden.',
    retry: 'Noch einmal',
    forbidden: 'Ihre Rolle zeigt diese Seite nicht. Ein Administrator des Shops kann das ändern.',
  },
  fr: {
    title: 'Console',
    menu: 'Pages',
    pages: {
      overview: 'Aperçu',
      rules: 'Règles',
      settings: 'Réglages',
      report: 'Rapport',
      models: 'Modèles',
      mails: 'Courriels',
      webhooks: 'Webhooks',
      blocks: 'Blocages',
    },
    loading: 'Interrogation du serveur…',
    broken: 'Cette page n’a pas pu être chargée.',
    retry: 'Réessayer',
    forbidden: 'Votre rôle ne montre pas cette page. Un administrateur de la boutique peut changer cela.',
  },
  es: {
    title: 'Consola',
    menu: 'Páginas',
    pages: {
      overview: 'Resumen',
      rules: 'Reglas',
      settings: 'Ajustes',
      report: 'Informe',
      models: 'Modelos',
      mails: 'Correo',
      webhooks: 'Webhooks',
      blocks: 'Bloqueos',
    },
    loading: 'Consultando el servidor…',
    broken: 'No se ha podido cargar esta página.',
    retry: 'Reintentar',
    forbidden: 'Su rol no muestra esta página. Un administrador de la tienda puede cambiarlo.',
  },
}
