// What the widgets for people have in common, in a file of its own that a page loads once.
export * from '../people/client.ts'
export * from '../people/failure.ts'
export * from '../people/form-style.ts'
export * from '../people/password-strength.ts'
export * from '../people/return-to.ts'
export * from '../people/words.ts'
export * from './people-client.ts'
