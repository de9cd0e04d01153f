import { defineConfig } from 'tsup'

const api = {
  index: 'src/index.ts',
  'adapters/node': 'src/adapters/node.ts',
  'adapters/hono': 'src/adapters/hono.ts',
  'adapters/express': 'src/adapters/express.ts',
  'adapters/fastify': 'src/adapters/fastify.ts',
  'adapters/next': 'src/adapters/next.ts',
}

export default defineConfig({
  entry: { ...api, cli: 'src/cli.ts', thread: 'src/threads/thread.ts' },
  format: ['esm', 'cjs'],
  dts: process.env.TILLWRIGHT_BUILD_JS_ONLY ? false : { entry: api },
  target: 'node22',
  platform: 'node',
  // `node:sqlite` has no name without the prefix.
  removeNodeProtocol: false,
  // `import.meta.url` in CommonJS.
  shims: true,
  splitting: true,
  clean: true,
})
