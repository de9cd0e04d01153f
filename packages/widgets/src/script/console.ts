import { createStaffClient } from '@tillwright/core/script'
import { consoleApp } from '../console/index.ts'
import { defineElement } from '../registry.ts'

// The page is the server's own; its session cookie says who asks. The server may be mounted below a path: it is where the
// page's folder is.
const server = new URL('.', location.href).href
const place = document.querySelector<HTMLElement>('#console')!
const { loader, integrity } = place.dataset

defineElement(consoleApp, {
  client: createStaffClient({ baseUrl: server }),
  language: navigator.language,
})
const element = document.createElement(consoleApp.tag)
if (loader && integrity) {
  const src = new URL(loader, server).href
  element.setAttribute(
    'script-tag',
    `<script async src="${src}" integrity="${integrity}" crossorigin="anonymous" data-key="pk_…"></script>`,
  )
}
place.append(element)
