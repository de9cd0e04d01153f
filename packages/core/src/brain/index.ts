export { ModelFileError } from './errors.ts'
export * from './money/index.ts'
export * from './recommend/index.ts'
