import {
  type Access,
  BUILT_IN_ROLES,
  type Contract,
  PERMISSIONS,
  type Permission,
  ROLE_PERMISSIONS,
} from '../packages/core/src/contract/index.ts'

const names = Object.keys(PERMISSIONS) as Permission[]

/** The page that says what each role may do, and what each route asks for. */
export function permissionsPage(contract: Contract): string {
  const routes = Object.values(contract).flatMap((domain) => Object.values(domain))
  return `<!-- Written by scripts/generate.ts from the contract. Do not edit. -->

# Permissions

A role is a set of permissions. Built-in roles stay as they are; a tenant can add its own with \`PUT /admin/roles/{role}\`, out
of permissions that their maker has. Nobody gives or changes a role that may do more than their own, and nobody changes their
own. The last owner of a tenant stays. A role that is changed counts within a second.

A customer needs no permission for what is their own. \`tenants:write\` is of the installation: no role of a tenant can hold it.

## Roles

${table([
  ['Permission', 'Allows to', ...BUILT_IN_ROLES],
  ...names.map((name) => [
    `\`${name}\``,
    PERMISSIONS[name],
    ...BUILT_IN_ROLES.map((role) => (ROLE_PERMISSIONS[role].includes(name) ? 'yes' : '')),
  ]),
])}

## Routes

- **Anyone**: no key, no session, no tenant.
- **Whoever signed**: a system that holds the secret which the tenant registered for what the path names.
- **Visitor**: whoever comes to a tenant: with a key or, where the installation has one tenant only, without.
- **Publishable key** and **secret key**: an API key of that kind. A secret key with scopes needs the permission among them.
- A permission: somebody who is signed in and whose role has it. **Fresh**: they have proved who they are within five minutes.

${table([
  ['Route', 'Keys', 'People'],
  ...routes
    .map(({ method, path, access }) => [`\`${method} ${path}\``, keysOf(access), peopleOf(access)])
    .sort(([a], [b]) => (pathOf(a!) < pathOf(b!) ? -1 : 1)),
])}
`
}

/** By path, then by method. */
function pathOf(cell: string): string {
  const [method, path] = cell.replaceAll('`', '').split(' ')
  return `${path} ${method}`
}

function keysOf(access: Access): string {
  switch (access.kind) {
    case 'public':
      return access.signed ? 'whoever signed' : 'anyone'
    case 'visitor':
      return 'visitor'
    case 'key':
      return access.allow.map((kind) => `${kind} key`).join(', ')
    case 'person':
      return ''
  }
}

function peopleOf(access: Access): string {
  switch (access.kind) {
    case 'public':
      return access.signed ? 'whoever signed' : 'anyone'
    case 'visitor':
      return 'visitor'
    case 'key':
      if (access.permission !== undefined && access.own)
        return `everybody for their own, \`${access.permission}\` for all`
      if (access.permission !== undefined) return `\`${access.permission}\``
      return access.allow.includes('publishable') ? 'everybody who is signed in' : ''
    case 'person': {
      const needed = access.permission === undefined ? 'everybody who is signed in' : `\`${access.permission}\``
      return access.fresh ? `${needed}, fresh` : needed
    }
  }
}

function table([head, ...rows]: string[][]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  return [line(head!), line(head!.map(() => '---')), ...rows.map(line)].join('\n')
}
