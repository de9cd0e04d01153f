import { createClient } from '@tillwright/core/script'
import { consoleApp } from '../console/index.ts'
import { defineElement } from '../registry.ts'

// The page is the server's own; its session cookie says who asks.
defineElement(consoleApp, {
  client: createClient({ baseUrl: location.origin }),
  language: navigator.language,
})
document.querySelector('#console')!.append(document.createElement(consoleApp.tag))
