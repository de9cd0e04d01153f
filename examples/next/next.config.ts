import { fileURLToPath } from 'node:url'
import type { NextConfig } from 'next'

const config: NextConfig = {
  // Node loads the server as it is; the bundler leaves it alone.
  serverExternalPackages: ['@tillwright/node'],
  // Needed in this repository only, where the packages lie beside the example.
  turbopack: { root: fileURLToPath(new URL('../..', import.meta.url)) },
}

export default config
