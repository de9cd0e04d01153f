import { createClient, personSession } from '@tillwright/core'
import { createPeopleClient } from '../script/people-client.ts'
import { BASE_URL, KEY, type OpenClient, peopleClientSuite } from './people-client.suite.ts'

const openScriptClient: OpenClient = (tab) => createPeopleClient({ server: BASE_URL, key: KEY }, tab, tab.tabs)

const openNpmClient: OpenClient = (tab) =>
  createClient({
    baseUrl: BASE_URL,
    key: KEY,
    platform: { ...tab, random: () => 0 },
    session: personSession({ delivery: 'cookie' }),
  })

peopleClientSuite('the script tag’s client', openScriptClient)
peopleClientSuite('a client of the npm package', openNpmClient)
peopleClientSuite('the script tag’s client, beside one of the npm package', openScriptClient, openNpmClient)
peopleClientSuite('a client of the npm package, beside the script tag’s', openNpmClient, openScriptClient)
