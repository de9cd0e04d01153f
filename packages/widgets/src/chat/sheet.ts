/** Up to this width the panel covers the page. In CSS pixels. */
export const SHEET_PX = 480
