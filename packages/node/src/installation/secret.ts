import type { Database } from '../db/open.ts'
import type { SecretBytes } from '../ports.ts'

const SECRET_BYTES = 32

/** A secret of this installation, made when it is first asked for and the same in every process from then on. */
export async function installationSecret(database: Database, name: string, secretBytes: SecretBytes): Promise<string> {
  const row = `secret:${name}`
  const fresh = Buffer.from(secretBytes(SECRET_BYTES)).toString('base64url')
  await database.system
    .insertInto('installation')
    .values({ name: row, value: fresh })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute()
  const { value } = await database.system
    .selectFrom('installation')
    .where('name', '=', row)
    .select('value')
    .executeTakeFirstOrThrow()
  return value
}
