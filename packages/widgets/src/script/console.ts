import { createStaffClient } from '@tillwright/core/script'
import { consoleApp } from '../console/index.ts'
import { defineElement } from '../registry.ts'
import { inTurnOfTabs, renewingFetch } from './console-fetch.ts'
import { pageLoader } from './console-pages.ts'

// The page is the server's own; its session cookie says who asks. The server may be mounted below a path: it is where the
// page's folder is.
const server = new URL('.', location.href).href
const place = document.querySelector<HTMLElement>('#console')!
const { loader, integrity, shop, tenant } = place.dataset

const app = consoleApp({
  loadPage: pageLoader(new URL('.', import.meta.url).href),
  go(hash) {
    location.hash = hash
  },
})
defineElement(app, {
  client: createStaffClient({
    baseUrl: server,
    fetch: renewingFetch({ server, fetch: (request) => fetch(request), inTurn: inTurnOfTabs }),
  }),
  language: navigator.language,
})
const element = document.createElement(app.tag)
if (loader && integrity) {
  const src = new URL(loader, server).href
  element.setAttribute(
    'script-tag',
    `<script async src="${src}" integrity="${integrity}" crossorigin="anonymous" data-key="pk_…"></script>`,
  )
}
if (shop) element.setAttribute('shop', shop)
if (tenant) element.setAttribute('tenant', tenant)
place.append(element)
