import { startPage } from './page.ts'

/** What the elements of this page work with. The loader has set it up: nothing else imports this file. */
export const page = startPage(window.tillwright!)
