import type { ConsolePage, PageName } from '../console/page.ts'

/** By name: the file of a page and its SRI digest. Baked in by the build. */
declare const PAGES: Readonly<Record<PageName, readonly [name: string, integrity: string]>>

/** Loads the pages of the console from `folder`, each once, and with its digest as a strict policy wants it. */
export function pageLoader(folder: string): (name: PageName) => Promise<ConsolePage> {
  const policy = window.trustedTypes?.createPolicy('tillwright', {
    createScriptURL(url) {
      if (url.startsWith(folder)) return url
      throw new TypeError(`${url} is not in ${folder}`)
    },
  })

  // An `import` carries no digest. So the file comes first as a script with one; the import finds it loaded.
  function loadScript(url: string, integrity: string): Promise<void> {
    return new Promise((resolve, reject) => {
      const script = document.createElement('script')
      const src = (policy ? policy.createScriptURL(url) : url) as string
      const onerror = () => {
        script.remove()
        reject(new TypeError(`${url} could not be loaded, or was changed on the way`))
      }
      document.head.append(Object.assign(script, { type: 'module', integrity, onload: () => resolve(), onerror, src }))
    })
  }

  return async (name) => {
    const [file, integrity] = PAGES[name]
    const url = folder + file
    await loadScript(url, integrity)
    const { page } = (await import(url)) as { page: ConsolePage }
    return page
  }
}
