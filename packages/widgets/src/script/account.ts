import { account } from '../account/index.ts'
import { defineElement } from '../registry.ts'
import { page } from './client.ts'
import { createPeopleClient } from './people-client.ts'

defineElement(account, { ...page, client: createPeopleClient(page.settings) })
