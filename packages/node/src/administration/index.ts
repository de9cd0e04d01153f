export { type AdministrationPorts, administrationDomain } from './domain.ts'
export { type RolesService, rolesService } from './roles-service.ts'
