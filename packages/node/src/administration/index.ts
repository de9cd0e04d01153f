export { type AdministrationPorts, administrationDomain } from './domain.ts'
export { eraseRemoved } from './erase.ts'
export { type RolesService, rolesService } from './roles-service.ts'
