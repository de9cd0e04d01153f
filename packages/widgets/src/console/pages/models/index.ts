import type { ConsolePage } from '../../page.ts'
import { connectModels, type ModelsConnection, type ModelsState } from './connect.ts'
import { style } from './style.ts'
import { modelsView } from './view.tsx'

/** Versions of the model: what each is worth, which one answers, and how two do beside each other. */
export const models: ConsolePage<ModelsState, ModelsConnection> = { connect: connectModels, view: modelsView, style }
