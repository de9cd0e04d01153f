export { settings as page } from '../console/pages/settings/index.ts'
