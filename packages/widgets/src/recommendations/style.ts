import { theme } from '../theme.ts'

/**
 * Height of the row in CSS pixels, whatever it shows. A placeholder of this height inside the element keeps the page
 * still before the script arrives: `<tw-recommendations><svg width="100%" height="372"></svg></tw-recommendations>`.
 */
export const RECOMMENDATIONS_HEIGHT_PX = 372

const HEADER_PX = 48
const MEDIA_PX = 236

// The frame stands on the text's baseline as the placeholder did, so that the line around it keeps its height.
export const style = `
  ${theme}
  section {
    display: inline-block;
    position: relative;
    width: 100%;
    height: ${RECOMMENDATIONS_HEIGHT_PX}px;
    contain: layout;
    container-type: inline-size;
    outline: none;
  }
  header { display: flex; align-items: center; gap: 8px; height: ${HEADER_PX}px }
  h2 {
    flex: 1;
    font-size: var(--tw-heading-size, 20px);
    line-height: 28px;
    font-weight: 600;
    letter-spacing: -.01em;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  header button { flex: none; width: 36px; height: 36px; padding: 0 }
  header button::before {
    content: "";
    display: block;
    width: 7px;
    height: 7px;
    margin: auto;
    border: solid;
    border-width: 2px 2px 0 0;
    translate: -1px;
    rotate: 45deg;
  }
  [part=previous]:dir(ltr), [part=next]:dir(rtl) { scale: -1 }
  [aria-disabled=true] { opacity: .35; cursor: default }
  ul {
    display: flex;
    gap: var(--tw-gap, 16px);
    margin: 0 -4px;
    padding: 4px;
    list-style: none;
    overflow-x: auto;
    overscroll-behavior-x: contain;
    scrollbar-width: none;
    scroll-snap-type: x proximity;
    scroll-padding: 4px;
  }
  li {
    flex: none;
    position: relative;
    width: var(--tw-card-width, min(208px, 45cqi));
    scroll-snap-align: start;
  }
  a { display: block; color: inherit; text-decoration: none }
  a, [part=media], [part=reason], [part=message] { border-radius: var(--tw-radius, 10px) }
  [part=media] {
    display: grid;
    place-items: center;
    height: ${MEDIA_PX}px;
    position: relative;
    overflow: hidden;
    background: var(--tw-surface, hsl(var(--hue) 40% 50% / .14));
  }
  [part=initial] { font-size: 64px; font-weight: 300; opacity: .35 }
  img { position: absolute; width: 100%; height: 100%; object-fit: cover }
  [part=name] {
    display: -webkit-box;
    -webkit-line-clamp: 2;
    -webkit-box-orient: vertical;
    overflow: hidden;
    height: 40px;
    margin: 10px 0 4px;
  }
  a:hover [part=name] { text-decoration: underline 1px; text-underline-offset: 3px }
  [part=price] { height: 24px; line-height: 24px; font-weight: 600; font-variant-numeric: tabular-nums }
  [part=why] {
    position: absolute;
    bottom: 0;
    inset-inline-end: -8px;
    height: 24px;
    padding: 0 8px;
    border: 0;
    outline-offset: 0;
    font-size: 13px;
    color: var(--quiet);
  }
  [aria-expanded=true] { background: var(--tint); color: inherit }
  [part=reason] {
    position: absolute;
    inset: 0 0 auto;
    height: ${MEDIA_PX}px;
    padding: 16px;
    overflow: auto;
    align-content: safe center;
    text-align: center;
    text-wrap: balance;
    font-size: 16px;
    line-height: 22px;
    overflow-wrap: anywhere;
  }
  li:has([aria-expanded=true]) [part=media] > * { opacity: 0 }
  [hidden] { display: none }
  [part=message] {
    position: absolute;
    inset: ${HEADER_PX}px 0 0;
    display: grid;
    place-content: center;
    justify-items: center;
    gap: 12px;
    padding: 16px;
    text-align: center;
    color: var(--quiet);
    background: var(--tint);
  }
  [part=retry] { padding: 8px 20px }
  [part~=skeleton] > * { background: var(--tint); border-radius: var(--tw-radius, 10px) }
  [aria-busy=true] button { visibility: hidden }
  @media (prefers-reduced-motion: no-preference) {
    ul { scroll-behavior: smooth }
    [part~=skeleton] { animation: 1.2s ease-in-out infinite alternate breathe }
    @keyframes breathe { to { opacity: .45 } }
  }
`
