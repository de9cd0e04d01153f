export { models as page } from '../console/pages/models/index.ts'
