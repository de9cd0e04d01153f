/** The line that a shop pastes to have Tillwright on its pages. */
export function scriptTag({
  publicUrl,
  widgets: { version, loaderIntegrity },
  key,
}: {
  /** Without a trailing slash. */
  publicUrl: string
  widgets: { readonly version: string; readonly loaderIntegrity: string }
  /** A publishable key, or what stands for one. */
  key: string
}): string {
  return `<script async src="${publicUrl}/widgets/${version}/loader.js" integrity="${loaderIntegrity}" crossorigin="anonymous" data-key="${key}"></script>`
}
