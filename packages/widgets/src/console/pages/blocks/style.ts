export const style = `
  [part=blocks] { display: grid; gap: 8px; padding-bottom: 16px }
  [part=blocks] > li { display: flex; flex-wrap: wrap; gap: 8px 16px; justify-content: space-between; align-items: center; margin: 0; padding: 14px 16px }
  [part=block] { display: grid; gap: 16px; max-width: 480px }
`
