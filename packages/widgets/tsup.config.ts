import { defineConfig } from 'tsup'
import { buildBrowser } from './build-browser.ts'

export default defineConfig({
  entry: { index: 'src/index.ts' },
  format: ['esm', 'cjs'],
  dts: !process.env.TILLWRIGHT_BUILD_JS_ONLY,
  target: 'es2022',
  platform: 'neutral',
  clean: true,
  async onSuccess() {
    await buildBrowser('dist/browser')
  },
})
