import { createClient, TillwrightError } from '@tillwright/core'
import { tillwright } from '../tillwright.ts'

/** Recommendations change with every training: ask for each request. */
export const dynamic = 'force-dynamic'

/** Rendered on the server: the key stays there, and the browser gets plain HTML. */
export default async function Page() {
  try {
    const { items } = await client.recommendations.list({ kind: 'popular', limit: 6 })
    return (
      <main>
        <h1>Loved right now</h1>
        {items.length === 0 && <p>Nothing yet: import orders first.</p>}
        <ul>
          {items.map(({ id, name, reasonText }) => (
            <li key={id}>
              {name} <small>{reasonText}</small>
            </li>
          ))}
        </ul>
      </main>
    )
  } catch (error) {
    // The rest of a page is worth more than its recommendations.
    if (!(error instanceof TillwrightError)) throw error
    console.error(error.message)
    return <p>Recommendations are away.</p>
  }
}

/** Calls the server of this process: no network in between. */
const client = createClient({
  baseUrl: 'http://tillwright.local',
  key: process.env.TILLWRIGHT_KEY,
  fetch: async (request) => (await tillwright()).fetch(request),
})
