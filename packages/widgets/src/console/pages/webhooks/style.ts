export const style = `
  summary { font-size: 14px; cursor: pointer }
  [part=sent] { margin: 8px 0 0; font: 13px/20px var(--tw-mono, ui-monospace, monospace); white-space: pre-wrap; overflow-wrap: anywhere }
`
