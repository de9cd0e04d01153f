export { mails as page } from '../console/pages/mails/index.ts'
