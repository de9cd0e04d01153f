/** Room that the element keeps at the end of the page, so that the button never lies on what is last there. */
export const LAUNCHER_SPACE_PX = 88

export const launcherStyle = `
  :host { display: block; height: ${LAUNCHER_SPACE_PX}px }
  :host([hidden]) { display: none }
  button {
    position: fixed;
    z-index: var(--tw-chat-layer, 9999);
    inset-inline-end: calc(var(--tw-chat-inline, 20px) + env(safe-area-inset-right, 0px));
    bottom: calc(var(--tw-chat-block, 16px) + env(safe-area-inset-bottom, 0px));
    display: flex;
    align-items: center;
    gap: 10px;
    height: 56px;
    padding: 0 22px 0 18px;
    border: 1px solid transparent;
    border-radius: 28px;
    font: inherit;
    font-family: var(--tw-font, inherit);
    font-size: 16px;
    line-height: 24px;
    font-weight: 600;
    color: var(--tw-on-accent, Canvas);
    background: var(--tw-accent, CanvasText);
    box-shadow: 0 6px 24px #0003;
    cursor: pointer;
  }
  button:focus-visible { outline: 2px solid var(--tw-accent, CanvasText); outline-offset: 3px }
  button[aria-busy=true] { cursor: progress }
  button[aria-expanded=true] { visibility: hidden }
  svg { width: 24px; fill: none; stroke: currentColor; stroke-width: 1.8; stroke-linejoin: round }
  b { min-width: 24px; padding: 0 6px; border-radius: 12px; font-size: 13px; text-align: center; color: #fff; background: #b3261e }
  b:empty { display: none }
`
