export { report as page } from '../console/pages/report/index.ts'
