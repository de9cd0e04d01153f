export { webhooks as page } from '../console/pages/webhooks/index.ts'
