import type { Job, Model, Status } from '@tillwright/core/contract'
import { wordsFor } from '../../../i18n.ts'
import { formatAge, formatBytes, formatDuration, formatNumber } from '../../../ui/quantities.ts'
import { Fact, Heading, Panel, State } from '../../kit/ui.tsx'
import type { Pen as PagePen } from '../../page.ts'
import type { OverviewConnection, OverviewState } from './connect.ts'
import { type OverviewWords, strings } from './strings.ts'

export type OverviewActions = Pick<OverviewConnection, 'retry'>

/** What the parts of the page draw with. */
interface Pen extends PagePen {
  readonly words: OverviewWords
}

export function overviewView(state: OverviewState, actions: OverviewActions, page: PagePen) {
  const words = wordsFor(strings, page.language)
  const pen = { ...page, words, nowAt: state.nowAt }
  const { status, trouble } = state
  return (
    <div aria-busy={!status && !trouble}>
      <Heading title={status?.tenant.name ?? words.title}>
        {status && !trouble && <State is={status.readiness.status} label={words.checks[status.readiness.status]} />}
      </Heading>
      {trouble && <Trouble {...trouble} pen={pen} hasStatus={status !== null} />}
      {!status && !trouble && <p part="hint">{words.loading}</p>}
      {status && (
        <div part="content" data-stale={trouble !== null}>
          <Health status={status} pen={pen} />
          <Counts status={status} pen={pen} />
          <Jobs state={state} status={status} pen={pen} actions={actions} />
          <Outbox status={status} pen={pen} />
          <Models models={status.models} pen={pen} />
          {page.scriptTag && <ScriptTag tag={page.scriptTag} pen={pen} />}
        </div>
      )}
    </div>
  )
}

function Trouble({
  kind,
  sinceAt,
  hasStatus,
  pen: { words, language },
}: NonNullable<OverviewState['trouble']> & { hasStatus: boolean; pen: Pen }) {
  if (kind === 'signed-out') {
    return (
      <div part="trouble" role="alert">
        <strong>{words.signedOut}</strong> {words.freshLink} <code>tillwright console</code>
      </div>
    )
  }
  const since = new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(sinceAt)
  return (
    <div part="trouble" role="alert">
      <strong>
        {words.unreachable}, {words.since} {since}.
      </strong>{' '}
      {words.keepsTrying} {hasStatus && words.stale}
    </div>
  )
}

function Health({ status: { health, database, readiness }, pen: { words, language } }: { status: Status; pen: Pen }) {
  return (
    <Panel title={words.health}>
      <dl part="facts">
        <Fact name={words.database} value={`${ENGINES[database.engine]}${latencyOf(database, language)}`} />
        <Fact name={words.uptime} value={formatDuration(health.uptimeSeconds, language)} />
        <Fact name={words.version} value={health.version} />
      </dl>
      <ul part="checks">
        {readiness.checks.map(({ name, status, detail }) => (
          <li key={name}>
            <State is={status} label={name} /> <span part="note">{detail ?? words.checks[status]}</span>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

const ENGINES = { sqlite: 'SQLite', postgres: 'PostgreSQL' }

function latencyOf({ latencyMs }: Status['database'], language: string): string {
  if (latencyMs === null) return ''
  const unit = { style: 'unit', unit: 'millisecond', maximumFractionDigits: 2 } as const
  return `, ${new Intl.NumberFormat(language, unit).format(latencyMs)}`
}

function Counts({ status: { counts }, pen: { words, language } }: { status: Status; pen: Pen }) {
  return (
    <Panel title={words.data}>
      <dl part="facts counts">
        {(Object.keys(words.counts) as (keyof typeof counts)[]).map((name) => (
          <Fact key={name} name={words.counts[name]} value={formatNumber(counts[name], language)} />
        ))}
      </dl>
      {counts.orders === 0 && (
        <p part="hint">
          {words.noOrders} <code>tillwright import orders orders.csv</code>
        </p>
      )}
      {counts.events === 0 && <p part="hint">{words.noEvents}</p>}
    </Panel>
  )
}

/** How many wait, run and failed; those that are done only need counting where nothing else is there. */
function Tally({ of, pen: { words, language } }: { of: Status['jobs']; pen: Pen }) {
  return (
    <span part="tally">
      {(Object.keys(of) as (keyof typeof of)[]).map(
        (state) =>
          of[state] > 0 && (
            <State key={state} is={state} label={`${formatNumber(of[state], language)} ${words.states[state]}`} />
          ),
      )}
    </span>
  )
}

function Jobs({
  state,
  status,
  pen,
  actions,
}: {
  state: OverviewState
  status: Status
  pen: Pen
  actions: OverviewActions
}) {
  const { words } = pen
  return (
    <Panel title={words.jobs} aside={<Tally of={status.jobs} pen={pen} />}>
      {status.recentJobs.length === 0 && <p part="hint">{words.noJobs}</p>}
      <ul part="jobs">
        {status.recentJobs.map((job) => (
          <JobRow
            key={job.id}
            job={job}
            pen={pen}
            isRetrying={state.retrying.includes(job.id)}
            refusal={state.refusals[job.id]}
            onRetry={() => void actions.retry(job.id)}
          />
        ))}
      </ul>
    </Panel>
  )
}

interface JobRowProps {
  readonly job: Job
  readonly pen: Pen
  readonly isRetrying: boolean
  readonly refusal: string | undefined
  readonly onRetry: () => void
}

function JobRow({ job, pen, isRetrying, refusal, onRetry }: JobRowProps) {
  const { words, language, nowAt } = pen
  const { id, kind, state, attempts, maxAttempts, error, result } = job
  const at = job.finishedAt ?? job.createdAt
  const isOpen = state === 'queued' || state === 'running'
  return (
    <li part="job">
      <div part="line">
        <code>{kind}</code>
        <State is={state} label={words.states[state]} />
        {attempts > 1 && isOpen && (
          <span part="note">
            {words.attempt} {attempts}/{maxAttempts}
          </span>
        )}
        <time part="note" dateTime={at} title={new Date(at).toLocaleString(language)}>
          {formatAge(nowAt - Date.parse(at), language)}
        </time>
      </div>
      {isOpen && job.progress && <Progress {...job.progress} name={kind} language={language} />}
      {error && state !== 'done' && <p part="error">{error}</p>}
      {result && <p part="note">{summaryOf(result, language)}</p>}
      {refusal && <p part="error">{refusal}</p>}
      {state === 'dead' && pen.can('jobs:write') && (
        <button type="button" part="retry" aria-disabled={isRetrying} onClick={() => isRetrying || onRetry()}>
          {words.retry}
        </button>
      )}
      {Number(result?.rejected) > 0 && (
        <a part="rejects" href={`admin/v1/jobs/${id}/rejects`} download>
          {words.rejects} ({formatNumber(Number(result!.rejected), language)})
        </a>
      )}
    </li>
  )
}

type ProgressProps = NonNullable<Job['progress']> & { name: string; language: string }

function Progress({ done, total, unit, note, name, language }: ProgressProps) {
  const share = total ? Math.min(1, done / total) : undefined
  const write = (amount: number) =>
    unit === 'bytes' ? formatBytes(amount, language) : `${formatNumber(amount, language)} ${unit}`
  return (
    <>
      <progress aria-label={name} value={share} />
      <p part="note">{[total ? `${write(done)} / ${write(total)}` : write(done), note].filter(Boolean).join(' · ')}</p>
    </>
  )
}

/** `read 541,909 · imported 541,909`: the numbers of a result under the server's own names for them. */
function summaryOf(result: Readonly<Record<string, unknown>>, language: string): string {
  return Object.entries(result)
    .filter(([, value]) => typeof value === 'number')
    .map(([name, value]) => `${name} ${formatNumber(value as number, language)}`)
    .join(' · ')
}

function Outbox({ status: { outbox }, pen }: { status: Status; pen: Pen }) {
  const isEmpty = Object.values(outbox).every((count) => count === 0)
  return (
    <Panel title={pen.words.outbox} aside={<Tally of={outbox} pen={pen} />}>
      {isEmpty && <p part="hint">{pen.words.noOutbox}</p>}
    </Panel>
  )
}

function Models({ models, pen: { words, language, nowAt } }: { models: readonly Model[]; pen: Pen }) {
  return (
    <Panel title={words.models}>
      {models.length === 0 && (
        <p part="hint">
          {words.noModels} <code>tillwright train</code>
        </p>
      )}
      <ul part="models">
        {models.map(({ modelVersion, trainedAt, counts, bytes, active }) => (
          <li part="line" key={modelVersion}>
            <code title={modelVersion}>{modelVersion.slice(0, 8)}</code>
            {active && <State is="ok" label={words.active} />}
            <span part="note">
              {[
                `${formatNumber(counts.baskets, language)} ${words.baskets}`,
                `${formatNumber(counts.items, language)} ${words.items}`,
                formatBytes(bytes, language),
              ].join(' · ')}
            </span>
            <time part="note" dateTime={trainedAt} title={new Date(trainedAt).toLocaleString(language)}>
              {formatAge(nowAt - Date.parse(trainedAt), language)}
            </time>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

/** What a shop pastes, in a place from which it is easily copied. */
function ScriptTag({ tag, pen: { words } }: { tag: string; pen: Pen }) {
  return (
    <Panel title={words.scriptTag}>
      <p part="note">{words.pasteThis}</p>
      <pre part="script-tag">{tag}</pre>
      <p part="note">
        {words.makeKey} <code>tillwright key create publishable --origin https://shop.example</code>
      </p>
    </Panel>
  )
}
