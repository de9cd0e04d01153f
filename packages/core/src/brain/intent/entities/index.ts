export { findEntities } from './find-entities.ts'
export type { Entity, EntityContext } from './types.ts'
