export const style = `
  [part=settings] { display: grid; gap: 16px; max-width: 760px }
  [part=settings] [part=panel] { margin: 0 }
  [part=fields] { display: grid; gap: 28px }
  [part=field] > [part=note] { order: 1 }
  [part=value] { min-height: 22px; font-weight: 600 }
  [part=settings] [part~=primary][aria-disabled=true] { cursor: default }
  select { max-width: 320px }
`
