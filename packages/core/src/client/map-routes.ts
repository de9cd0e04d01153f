/** Values of routes, by domain and name. */
type ByRoute<T> = Readonly<Record<string, Readonly<Record<string, T>>>>

export function mapRoutes<T, U>(
  table: ByRoute<T>,
  map: (route: T, domain: string, name: string) => U,
): Record<string, Record<string, U>> {
  return mapValues(table, (routes, domain) => mapValues(routes, (route, name) => map(route, domain, name)))
}

function mapValues<T, U>(object: Readonly<Record<string, T>>, map: (value: T, key: string) => U): Record<string, U> {
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [key, map(value, key)]))
}
