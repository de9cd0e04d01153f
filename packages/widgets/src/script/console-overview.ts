export { overview as page } from '../console/pages/overview/index.ts'
