import { spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

// Takes the guards of the security bar out, one at a time and in a copy, and looks whether the tests of their statement
// notice. Ends with 1 where one does not. Words after it choose statements: `01 24`.

interface Guard {
  readonly statement: string
  /** What is no longer true without it. */
  readonly says: string
  /** From `packages/node/src`. */
  readonly file: string
  readonly guard: string
  readonly instead: string
}

const LANES = 2
const root = fileURLToPath(new URL('..', import.meta.url))
const source = 'packages/node/src'

const GUARDS: readonly Guard[] = [
  {
    statement: '01',
    says: 'only who is active may sign in',
    file: 'people/sign-in.ts',
    guard: "user?.status === 'active' && attempt.isAllowed",
    instead: 'user !== undefined && attempt.isAllowed',
  },
  {
    statement: '02',
    says: 'nobody’s password costs as much as somebody’s',
    file: 'people/sign-in.ts',
    guard: 'await hasher.verify(canSignIn ? user.password_hash : null, password)',
    instead: 'canSignIn && (await hasher.verify(user.password_hash, password))',
  },
  {
    statement: '03',
    says: 'asking for a link costs the same for nobody',
    file: 'people/registration.ts',
    guard: 'await ports.enqueue(tx, SEND_LINK',
    instead: 'if (user) await ports.enqueue(tx, SEND_LINK',
  },
  {
    statement: '04',
    says: 'no more than 128 characters',
    file: 'security/password-policy.ts',
    guard: 'if (length > MAX_LENGTH) return TOO_LONG',
    instead: '',
  },
  {
    statement: '05',
    says: 'common passwords are refused',
    file: 'security/password-policy.ts',
    guard: 'return isCommon(folded, await commonPasswords()) ? TOO_COMMON : null',
    instead: 'return null',
  },
  {
    statement: '05',
    says: 'words of the account are refused at a reset',
    file: 'people/registration.ts',
    guard: 'await passwords.refuseWeak(tenant, peeked, password)',
    instead: '',
  },
  {
    statement: '06',
    says: 'weak hashes are replaced',
    file: 'people/sign-in.ts',
    guard: 'if (hasher.isWeak(user.password_hash!))',
    instead: 'if (false)',
  },
  {
    statement: '07',
    says: 'a change ends other sessions',
    file: 'people/account.ts',
    guard: "await sessions.endAll(tx, user.id, 'password changed', sessionId)",
    instead: '',
  },
  {
    statement: '07',
    says: 'the last five are refused',
    file: 'people/account.ts',
    guard: 'await passwords.refuseUsed(db, user.id, next)',
    instead: '',
  },
  {
    statement: '08',
    says: 'a locked account evaluates nothing',
    file: 'people/attempts-store.ts',
    guard: 'isAllowed: lockedUntil === null && failures <= MAX_FAILURES',
    instead: 'isAllowed: true',
  },
  {
    statement: '08',
    says: 'a browser’s token is one that we gave it',
    file: 'people/sign-in.ts',
    guard: '(await isOurDevice(tx, digest))',
    instead: 'true',
  },
  {
    statement: '09',
    says: 'attempts are counted before they are evaluated',
    file: 'people/attempts-store.ts',
    guard: 'lockedUntil === null && failures <= MAX_FAILURES',
    instead: 'lockedUntil === null',
  },
  {
    statement: '10',
    says: 'a link takes no failure back',
    file: 'people/sign-in.ts',
    guard: 'return awaitCode(tenant, user, subject, false)',
    instead:
      'return db.transaction((tx) => takeBackAttempt(tx, subject)).then(() => awaitCode(tenant, user, subject, false))',
  },
  {
    statement: '11',
    says: 'a magic link ends after ten minutes',
    file: 'people/registration.ts',
    guard: "'magic-link': 10 * MINUTE_MS",
    instead: "'magic-link': 60 * MINUTE_MS",
  },
  {
    statement: '12',
    says: 'a mailed token is used once',
    file: 'people/tokens-store.ts',
    guard: ".where('used_at', 'is', null)",
    instead: '',
  },
  {
    statement: '12',
    says: 'the newest link kills the older',
    file: 'people/tokens-store.ts',
    guard: 'await dropTokens(tx, token.userId, [token.purpose])',
    instead: '',
  },
  {
    statement: '13',
    says: 'a reset ends all sessions',
    file: 'people/registration.ts',
    guard: "await sessions.endAll(tx, user.id, 'password reset')",
    instead: '',
  },
  {
    statement: '14',
    says: 'the token of a link is behind #',
    file: 'people/domain.ts',
    guard: `#\${purpose}=\${token}`,
    instead: `&\${purpose}=\${token}`,
  },
  {
    statement: '15',
    says: 'a squatter’s second factor goes',
    file: 'people/registration.ts',
    guard: 'await twoFactor.drop(tx, user.id)',
    instead: '',
  },
  {
    statement: '15',
    says: 'a squatter’s password goes',
    file: 'people/registration.ts',
    guard: 'password_hash: null, password_changed_at: null, updated_at: now }',
    instead: 'updated_at: now }',
  },
  {
    statement: '16',
    says: 'a step is taken once',
    file: 'people/two-factor-store.ts',
    guard: ".where('last_step', '<', step)",
    instead: '',
  },
  {
    statement: '17',
    says: 'a sealed secret opens for its owner only',
    file: 'people/two-factor.ts',
    guard: 'contextOf = (userId: string) =>',
    instead: "contextOf = (userId: string) => (userId && 'everybody') ||",
  },
  {
    statement: '18',
    says: 'a recovery code is used once',
    file: 'people/two-factor-store.ts',
    guard: ".where('used_at', 'is', null)",
    instead: '',
  },
  {
    statement: '19',
    says: 'a proof is five minutes old at most',
    file: 'http/authenticate.ts',
    guard: 'access.fresh && !person.isFresh',
    instead: 'access.fresh && false',
  },
  {
    statement: '19',
    says: 'who acts as another has proved nothing',
    file: 'people/domain.ts',
    guard: 'session.actorId === null && clock()',
    instead: 'clock()',
  },
  {
    statement: '20',
    says: 'people hear of sign-ins from unknown devices',
    file: 'people/sign-in.ts',
    guard: 'user.last_sign_in_at !== null &&',
    instead: 'false &&',
  },
  {
    statement: '21',
    says: 'a session that is not used ends',
    file: 'people/sessions.ts',
    guard: 'session.idle_expires_at > now && ',
    instead: '',
  },
  {
    statement: '22',
    says: 'a token that comes again ends its session',
    file: 'people/sessions.ts',
    guard: "await endSession(tx, session.id, 'refresh token used twice', now)",
    instead: '',
  },
  {
    statement: '23',
    says: 'a lost answer can be asked for again',
    file: 'people/sessions.ts',
    guard: 'now - used.used_at! <= GRACE_MS',
    instead: 'false',
  },
  {
    statement: '24',
    says: 'who is suspended has no live session',
    file: 'people/sessions-store.ts',
    guard: ".where('users.status', '=', 'active')",
    instead: '',
  },
  {
    statement: '24',
    says: 'a token of an earlier role is refused',
    file: 'people/sessions.ts',
    guard: 'if (session.role !== claims.role) return null',
    instead: '',
  },
  {
    statement: '24',
    says: 'what is remembered of sessions is a second old at most',
    file: 'people/sessions.ts',
    guard: 'const CACHE_MS = 1_000',
    instead: 'const CACHE_MS = 10_000',
  },
  {
    statement: '25',
    says: 'a header has alg, typ and kid and nothing else',
    file: 'security/access-tokens.ts',
    guard: '&& Object.keys(others).length === 0',
    instead: '',
  },
  {
    statement: '25',
    says: 'a token is for us alone',
    file: 'security/access-tokens.ts',
    guard: 'payload.aud === audience',
    instead: 'true',
  },
  {
    statement: '26',
    says: 'a token is of its own tenant',
    file: 'people/sessions.ts',
    guard: ' || tenant.publicId !== claims.tenant',
    instead: '',
  },
  {
    statement: '26',
    says: 'a mailed token is for its own purpose',
    file: 'people/tokens-store.ts',
    guard: ".where('purpose', 'in', purposes)",
    instead: '',
  },
  {
    statement: '27',
    says: 'old keys retire and go',
    file: 'people/signing-keys.ts',
    guard: 'await retireSigningKeys(database.system, kid, clock(), clock() - REMOVED_AFTER_MS)',
    instead: '',
  },
  {
    statement: '27',
    says: 'only public members are published',
    file: 'security/access-tokens.ts',
    guard: 'publicJwk: { kty, crv, x, y } }: SigningKey): JWK {\n  return { kty, crv, x, y, kid',
    instead: 'publicJwk }: SigningKey): JWK {\n  return { ...publicJwk, kid',
  },
  {
    statement: '28',
    says: 'people end their own sessions only',
    file: 'people/sessions.ts',
    guard: 'session?.user_id !== userId ||',
    instead: '!session ||',
  },
  {
    statement: '29',
    says: 'no script reads the cookies',
    file: 'people/cookies.ts',
    guard: 'Path=/; Secure; HttpOnly; SameSite=Lax',
    instead: 'Path=/; Secure; SameSite=Lax',
  },
  {
    statement: '29',
    says: 'no token is in a browser’s answer',
    file: 'people/handlers.ts',
    guard: "...(delivery === 'cookie' ? {} : { accessToken: grant.accessToken }),",
    instead: 'accessToken: grant.accessToken,',
  },
  {
    statement: '32',
    says: 'the page to return to is one of ours',
    file: 'people/handlers.ts',
    guard: 'safeReturnTo(returnTo, [...context.principal.origins])',
    instead: 'returnTo',
  },
  {
    statement: '33',
    says: 'a sign-in with cookies comes from a page that may',
    file: 'people/handlers.ts',
    guard: "if (delivery === 'cookie') context.refuseForeignOrigin()",
    instead: '',
  },
  {
    statement: '33',
    says: 'a change under cookies says where it comes from',
    file: 'http/authenticate.ts',
    guard: 'refuseForeignWrite(request, person)\n',
    instead: '\n',
  },
]

/** The tree without what is built, its packages linked. */
function copyOfTree(): string {
  const folder = mkdtempSync(join(tmpdir(), 'tillwright-guards-'))
  for (const name of ['package.json', 'tsconfig.json', 'vitest.config.ts']) cpSync(join(root, name), join(folder, name))
  cpSync(join(root, 'tests'), join(folder, 'tests'), {
    recursive: true,
    filter: (path) => !path.endsWith('node_modules'),
  })
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'))
  for (const name of readdirSync(join(root, 'packages'))) {
    const from = join(root, 'packages', name)
    const to = join(folder, 'packages', name)
    cpSync(from, to, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path.slice(from.length)),
    })
    if (existsSync(join(from, 'node_modules'))) symlinkSync(join(from, 'node_modules'), join(to, 'node_modules'))
  }
  return folder
}

/** Whether the tests of statements pass in a copy. */
function passes(folder: string, statements: readonly string[]): Promise<boolean> {
  const files = statements.map((statement) => `src/security/bar/${statement}-`)
  const options = ['run', '--project', 'node', ...files, '-t', '(sqlite)', '--bail', '1']
  return new Promise((resolve, reject) => {
    const child = spawn(join(root, 'node_modules/.bin/vitest'), options, { cwd: folder, stdio: 'ignore' })
    child.on('error', reject)
    child.on('close', (code) => resolve(code === 0))
  })
}

async function isMissed(folder: string, { statement, file, guard, instead }: Guard): Promise<boolean> {
  const path = join(folder, source, file)
  const whole = readFileSync(path, 'utf8')
  if (!whole.includes(guard)) throw new Error(`${file} has no such guard any more: ${guard}`)
  writeFileSync(
    path,
    whole.replace(guard, () => instead),
  )
  try {
    return !(await passes(folder, [statement]))
  } finally {
    writeFileSync(path, whole)
  }
}

const chosen = process.argv.slice(2)
const waiting = GUARDS.filter(({ statement }) => chosen.length === 0 || chosen.includes(statement))
const unnoticed: Guard[] = []
console.log(' #  without                                                       the tests')

let checked: Promise<boolean> | undefined
function intact(folder: string): Promise<boolean> {
  checked ??= passes(folder, [...new Set(waiting.map(({ statement }) => statement))])
  return checked
}

async function lane(): Promise<void> {
  const folder = copyOfTree()
  try {
    // Tests that fail with every guard in place would notice anything.
    if (!(await intact(folder))) throw new Error('The tests fail as they are')
    for (let guard = waiting.shift(); guard; guard = waiting.shift()) {
      const verdict = await isMissed(folder, guard).catch((error: Error) => error.message)
      if (verdict !== true) unnoticed.push(guard)
      const said = verdict === true ? 'break' : verdict === false ? 'NOTICE NOTHING' : verdict
      console.log(`${guard.statement}  ${guard.says.padEnd(60)}  ${said}`)
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

await Promise.all(Array.from({ length: LANES }, lane))
console.log(unnoticed.length === 0 ? 'Every guard is missed.' : `${unnoticed.length} guards are not missed.`)
process.exitCode = unnoticed.length === 0 ? 0 : 1
