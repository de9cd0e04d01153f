/**
 * What every widget shares. Colours derive from the text colour of the page, so that a widget fits a light or a dark shop
 * before anyone sets a variable, and follows `color-scheme` as the page does.
 */
export const theme = `
  :host { display: block; text-align: start }
  :host([hidden]), [hidden] { display: none }
  * { box-sizing: border-box; margin: 0 }
  section {
    --quiet: var(--tw-muted, color-mix(in srgb, currentColor 75%, transparent));
    --tint: var(--tw-surface, color-mix(in srgb, currentColor 6%, transparent));
    --line: var(--tw-border, color-mix(in srgb, currentColor 22%, transparent));
    color: var(--tw-text, inherit);
    font-family: var(--tw-font, inherit);
    font-size: 15px;
    line-height: 20px;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: 1px solid var(--line);
    border-radius: 99px;
    cursor: pointer;
  }
  button:hover { background: var(--tint) }
  :focus-visible { outline: 2px solid var(--tw-accent, currentColor); outline-offset: 2px }
`
