import type { ConsolePage } from '../../page.ts'
import { connectSettings, type SettingsConnection, type SettingsState } from './connect.ts'
import { style } from './style.ts'
import { settingsView } from './view.tsx'

/** What holds for all recommendations of the shop. */
export const settings: ConsolePage<SettingsState, SettingsConnection> = {
  connect: connectSettings,
  view: settingsView,
  style,
}
