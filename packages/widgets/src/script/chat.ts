import { defineLauncher } from '../chat/launcher.ts'

// No client and no renderer: whoever does not open the assistant pays for its button only.
defineLauncher(() => window.tillwright!.settings!.language)
