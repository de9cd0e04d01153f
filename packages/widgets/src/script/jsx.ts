/** What JSX becomes in the browser files, which have no room for `preact/jsx-runtime`. */
export { Fragment, h } from 'preact'
