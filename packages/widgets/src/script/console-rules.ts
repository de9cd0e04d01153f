export { rules as page } from '../console/pages/rules/index.ts'
