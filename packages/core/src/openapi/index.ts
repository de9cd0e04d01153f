import { contract } from '../contract/index.ts'
import { docs } from './docs.ts'
import { openApi } from './generate.ts'

export { docs } from './docs.ts'
export { type OpenApiOptions, openApi } from './generate.ts'

/** Tillwright's own OpenAPI 3.1 document. */
export function tillwrightOpenApi(version: string): Record<string, unknown> {
  return openApi(contract, { version, docs })
}
