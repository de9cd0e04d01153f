export const style = `
  [part=range] { display: flex; flex-wrap: wrap; gap: 16px; padding-bottom: 20px }
  [part=mails] { display: grid; gap: 8px }
  [part=mails] > li { display: grid; gap: 6px; margin: 0; padding: 14px 16px }
  [part=mails] b { min-width: 0; overflow-wrap: anywhere }
  [part=more], [part=preview] { padding-top: 16px }
  [part=letter] { margin: 0; padding: 12px 0 0; font: 14px/22px var(--tw-mono, ui-monospace, monospace); white-space: pre-wrap; overflow-wrap: anywhere }
`
