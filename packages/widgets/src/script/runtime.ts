// What every element works with, in a file of its own that a page loads once.
export { Component, createRef, Fragment, h, render } from 'preact'
export * from '../i18n.ts'
export * from '../mount.ts'
export * from '../registry.ts'
export * from '../signal.ts'
