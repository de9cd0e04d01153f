import { recommendations } from '../recommendations/index.ts'
import { defineElement } from '../registry.ts'
import { page } from './client.ts'

defineElement(recommendations, page)
