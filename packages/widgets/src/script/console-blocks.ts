export { blocks as page } from '../console/pages/blocks/index.ts'
