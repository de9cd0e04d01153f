import type { Model, ModelComparison } from '@tillwright/core/contract'
import { wordsFor } from '../../../i18n.ts'
import { formatAge, formatBytes, formatNumber } from '../../../ui/quantities.ts'
import { fill } from '../../kit/fill.ts'
import { formatDate, formatShare } from '../../kit/quantities.ts'
import { Alert, Button, Field, Heading, Panel, Scroll, State } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import type { ModelsConnection, ModelsState } from './connect.ts'
import { type ModelsWords, strings } from './strings.ts'

const SHARES = [0.1, 0.25, 0.5]

interface ModelsProps {
  readonly state: ModelsState
  readonly actions: ModelsConnection
  readonly pen: Pen
  readonly words: ModelsWords
}

export function modelsView(state: ModelsState, actions: ModelsConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  const props = { state, actions, pen, words }
  const canTrain = pen.can('models:train')
  const isTraining = state.training?.state === 'queued' || state.training?.state === 'running'
  return (
    <>
      <Heading title={words.title} lead={words.lead}>
        {canTrain && (
          <>
            <Button
              kind="primary"
              label={words.train}
              isBusy={isTraining || state.busy.includes('train')}
              onClick={() => void actions.train()}
            />
            {(state.models?.length ?? 0) > 1 && !state.comparison && (
              <Button
                label={words.rollback}
                isBusy={state.busy.includes('rollback')}
                onClick={() => void actions.rollback()}
              />
            )}
          </>
        )}
      </Heading>
      <Alert failure={state.failure} language={pen.language} />
      <p part="training" role="status">
        {trainingText(props, isTraining)}
      </p>
      {!state.models && !state.failure && <p part="hint">{words.loading}</p>}
      {state.models && (
        <div part="models-page">
          <Answering {...props} />
          {state.comparison && <Comparison {...props} comparison={state.comparison} />}
          {state.models.length === 0 ? (
            <div part="empty">
              <h2>{words.emptyTitle}</h2>
              <p>{words.empty}</p>
            </div>
          ) : (
            <Versions {...props} models={state.models} />
          )}
          {state.batches && <Batches {...props} />}
        </div>
      )}
    </>
  )
}

function trainingText({ state: { training }, words }: ModelsProps, isTraining: boolean): string {
  if (!training) return ''
  if (isTraining) return words.training
  return training.state === 'dead' ? fill(words.trainFailed, { x: training.error ?? '' }) : words.trained
}

function Answering({ state, actions, pen, words }: ModelsProps) {
  const { activation } = state
  if (!activation?.modelVersion) return null
  return (
    <div part="notice">
      <span>{fill(activation.held ? words.held : words.follows, { x: shortOf(activation.modelVersion) })}</span>
      {activation.held && !state.comparison && pen.can('models:train') && (
        <Button label={words.follow} isBusy={state.busy.includes('follow')} onClick={() => void actions.follow()} />
      )}
    </div>
  )
}

/** Enough of a digest to tell versions apart. */
function shortOf(digest: string): string {
  return digest.slice(0, 8)
}

function Versions({ models, ...props }: ModelsProps & { models: readonly Model[] }) {
  const { words, state, actions, pen } = props
  const canCompare = pen.can('models:train') && !state.comparison && models.length > 1
  return (
    <Panel title={words.versions}>
      <p part="note">{words.metricsHint}</p>
      {canCompare && (
        <div part="share">
          <Field id="share" label={words.share}>
            <select
              id="share"
              value={state.share}
              onChange={(event) => actions.choose(Number(event.currentTarget.value))}
            >
              {SHARES.map((share) => (
                <option key={share} value={share} selected={share === state.share}>
                  {formatShare(share, pen.language, 0)}
                </option>
              ))}
            </select>
          </Field>
        </div>
      )}
      <ul part="versions">
        {models.map((model) => (
          <Version key={model.modelVersion} {...props} model={model} canCompare={canCompare} />
        ))}
      </ul>
    </Panel>
  )
}

function Version({
  model,
  canCompare,
  state,
  actions,
  pen,
  words,
}: ModelsProps & { model: Model; canCompare: boolean }) {
  const { language, nowAt } = pen
  const { modelVersion, trainedAt, counts, bytes, active, metrics } = model
  const name = shortOf(modelVersion)
  const isBusy = state.busy.includes(modelVersion)
  const learnt = fill(words.learnt, {
    baskets: formatNumber(counts.baskets, language),
    items: formatNumber(counts.items, language),
  })
  return (
    <li part="version">
      <div part="line">
        <code title={modelVersion}>{name}</code>
        {active && <State is="ok" label={words.active} />}
        <time part="note" dateTime={trainedAt} title={new Date(trainedAt).toLocaleString(language)}>
          {formatAge(nowAt - Date.parse(trainedAt), language)}
        </time>
      </div>
      <p part="note">
        {learnt} · {formatBytes(bytes, language)}
      </p>
      <div part="measured">
        <Metrics metrics={metrics} words={words} language={language} />
        {!active && pen.can('models:train') && !state.comparison && (
          <div part="actions">
            <Button
              label={words.activate}
              about={fill(words.activateNamed, { x: name })}
              isBusy={isBusy}
              onClick={() => void actions.activate(modelVersion)}
            />
            {canCompare && (
              <Button
                label={words.compare}
                about={fill(words.compareNamed, { x: name })}
                isBusy={isBusy}
                onClick={() => void actions.compare(modelVersion)}
              />
            )}
          </div>
        )}
      </div>
    </li>
  )
}

function Metrics({ metrics, words, language }: { metrics: Model['metrics']; words: ModelsWords; language: string }) {
  const all = Object.entries(metrics)
  if (all.length === 0) return <p part="note">{words.noMetrics}</p>
  return (
    <dl>
      {all.map(([name, value]) => (
        <div key={name}>
          <dt>{words.metrics[name] ?? name}</dt>
          <dd>{name === 'cases' ? formatNumber(value, language) : formatShare(value, language)}</dd>
        </div>
      ))}
    </dl>
  )
}

const VERDICT_STATES = { better: 'better', worse: 'worse', undecided: 'later' } as const

function Comparison({ comparison, state, actions, pen, words }: ModelsProps & { comparison: ModelComparison }) {
  const { language } = pen
  const { difference, verdict, share, startedAt, champion, challenger } = comparison
  const points = (value: number) =>
    new Intl.NumberFormat(language, { maximumFractionDigits: 2, signDisplay: 'exceptZero' }).format(value * 100)
  const rows = [
    ['champion', champion],
    ['challenger', challenger],
  ] as const
  return (
    <Panel title={words.comparison} name="comparison">
      <p part="note">
        {fill(words.since, { date: formatDate(startedAt, language), share: formatShare(share, language, 0) })}
      </p>
      <p part="verdict">
        <State is={VERDICT_STATES[verdict]} label="" />
        <b>{words.verdicts[verdict]}</b>{' '}
        {fill(words.between, {
          x: points(difference.clickRate),
          low: points(difference.low),
          high: points(difference.high),
        })}
      </p>
      <Scroll label={words.comparison}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.model}</th>
              <th scope="col">{words.shown}</th>
              <th scope="col">{words.clicked}</th>
              <th scope="col">{words.orders}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, arm]) => (
              <tr key={name}>
                <th scope="row">
                  {words[name]} <code>{shortOf(arm.modelVersion)}</code>
                </th>
                <td>{formatNumber(arm.shown, language)}</td>
                <td>
                  {formatNumber(arm.clicked, language)}{' '}
                  <span part="note">{arm.shown > 0 && formatShare(arm.clicked / arm.shown, language)}</span>
                </td>
                <td>{formatNumber(arm.orders, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
      {pen.can('models:train') && (
        <div part="actions">
          {rows.map(([name]) => (
            <Button
              key={name}
              label={fill(words.endWith, { x: words[name] })}
              isBusy={state.busy.includes(name)}
              onClick={() => void actions.end(name)}
            />
          ))}
        </div>
      )}
    </Panel>
  )
}

function Batches({ state: { batches, failedBatches, busy }, actions, pen, words }: ModelsProps) {
  const { language } = pen
  const count = (value: number) => formatNumber(value, language)
  const { queued, running, done, dead, answers } = batches!
  return (
    <Panel title={words.batches}>
      <p part="note">{words.batchesHint}</p>
      <p>
        {fill(words.batchCounts, {
          done: count(done),
          open: count(queued + running),
          dead: count(dead),
          answers: count(answers),
        })}
      </p>
      {failedBatches.length === 0 && <p part="hint">{words.noFailed}</p>}
      <ul part="versions">
        {failedBatches.map(({ id, createdAt, error }) => (
          <li part="version" key={id}>
            <div part="line">
              <time dateTime={createdAt}>{formatDate(createdAt, language, 'short')}</time>
            </div>
            <p part="error">{error}</p>
            {pen.can('recommendations:write') && (
              <div part="actions">
                <Button
                  label={words.retry}
                  about={fill(words.retryNamed, { x: formatDate(createdAt, language, 'short') })}
                  isBusy={busy.includes(id)}
                  onClick={() => void actions.retryBatch(id)}
                />
              </div>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  )
}
