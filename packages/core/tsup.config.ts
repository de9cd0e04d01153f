import { defineConfig } from 'tsup'
import { buildLearning } from './build-learning.ts'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'contract/index': 'src/contract/index.ts',
    'openapi/index': 'src/openapi/index.ts',
    'brain/index': 'src/brain/index.ts',
    'packs/index': 'src/packs/index.ts',
    'testing/index': 'src/testing/index.ts',
    'script/index': 'src/script/index.ts',
    'device/index': 'src/device/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: !process.env.TILLWRIGHT_BUILD_JS_ONLY,
  target: 'es2023',
  platform: 'neutral',
  splitting: true,
  clean: true,
  /** CommonJS has no address of its own; pages that learn load the module. */
  esbuildOptions(options, { format }) {
    if (format === 'cjs') options.define = { ...options.define, 'import.meta.url': 'undefined' }
  },
  /** One file with all that it needs, which a page can put wherever its policy lets workers come from. */
  onSuccess: () => buildLearning('dist/device'),
})
