import { defineElement } from '../registry.ts'
import { signIn } from '../sign-in/index.ts'
import { page } from './client.ts'
import { createPeopleClient } from './people-client.ts'

defineElement(signIn, { ...page, client: createPeopleClient(page.settings) })
