import { defineConfig } from 'tsup'

export default defineConfig({
  entry: {
    index: 'src/index.ts',
    'contract/index': 'src/contract/index.ts',
    'openapi/index': 'src/openapi/index.ts',
    'brain/index': 'src/brain/index.ts',
    'testing/index': 'src/testing/index.ts',
    'script/index': 'src/script/index.ts',
  },
  format: ['esm', 'cjs'],
  dts: !process.env.TILLWRIGHT_BUILD_JS_ONLY,
  target: 'es2023',
  platform: 'neutral',
  splitting: true,
  clean: true,
})
