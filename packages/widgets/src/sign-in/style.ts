/**
 * Least height of the widget in CSS pixels. A placeholder of this height inside the element keeps the page still before the
 * script arrives: `<tw-sign-in><svg width="100%" height="480"></svg></tw-sign-in>`.
 */
export const SIGN_IN_HEIGHT_PX = 480

export const style = `
  section { display: inline-block; position: relative; width: 100%; min-height: ${SIGN_IN_HEIGHT_PX}px; contain: layout }
  section:has([part=icon]) { display: inline-grid; align-content: center; justify-items: stretch; text-align: center; padding-bottom: 40px }
  [part=icon] {
    display: grid;
    place-items: center;
    width: 72px;
    height: 72px;
    margin: 0 auto 20px;
    border-radius: 50%;
    color: var(--tw-accent, inherit);
    background: color-mix(in srgb, currentColor 9%, transparent);
  }
  [part=icon] + * + [part=slot] { margin-bottom: 20px }
  h2 { margin: 4px 0 6px }
  [part=slot] { min-height: 48px; margin-bottom: 16px }
  [part=row] { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 8px 16px; font-size: 14px; line-height: 20px }
  [part=links] { display: grid; justify-items: center; gap: 10px; font-size: 15px; line-height: 24px }
  [part=actions], [part=providers] { display: grid; gap: 12px }
  [part=or] { display: flex; align-items: center; gap: 12px; font-size: 14px; line-height: 20px; color: var(--quiet) }
  [part=or]::before, [part=or]::after { content: ''; flex: 1; border-top: 1px solid var(--line) }
  [part=skeleton] { display: grid; gap: 20px; padding-top: 12px }
  [part=skeleton] i { height: 48px; background: var(--tint); border-radius: var(--tw-radius, 10px) }
  [part=skeleton] i:first-child { width: 45%; height: 32px; margin-bottom: 28px }
  @media (prefers-reduced-motion: no-preference) {
    [part=skeleton] { animation: 1.2s ease-in-out infinite alternate breathe }
    @keyframes breathe { to { opacity: .45 } }
  }
`
