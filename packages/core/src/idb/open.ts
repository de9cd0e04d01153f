import { type DBSchema, type IDBPDatabase, openDB } from 'idb'

/**
 * Opens a browser database when it is first needed. One that could not be opened, or was taken away, is opened anew by the
 * next call.
 */
export function openIdb<S extends object>(
  name: string,
  create: (database: IDBPDatabase<S & DBSchema>) => unknown,
): () => Promise<IDBPDatabase<S & DBSchema>> {
  let opened: Promise<IDBPDatabase<S & DBSchema>> | undefined

  const forget = () => {
    opened = undefined
  }
  return () => {
    opened ??= openDB<S & DBSchema>(name, 1, { upgrade: create, terminated: forget }).catch((error) => {
      forget()
      throw error
    })
    return opened
  }
}
