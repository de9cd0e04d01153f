import type { RecommendationReport } from '@tillwright/core/contract'
import { formatMoney, wordsFor } from '../../../i18n.ts'
import { formatNumber } from '../../../ui/quantities.ts'
import { fill } from '../../kit/fill.ts'
import { formatChange, formatDate, formatShare } from '../../kit/quantities.ts'
import { Alert, Choices, describedBy, Fact, Field, Heading, Panel, Scroll, State } from '../../kit/ui.tsx'
import type { Pen } from '../../page.ts'
import { PERIODS, type ReportConnection, type ReportState, WINDOWS } from './connect.ts'
import { type HoldoutVerdict, holdoutVerdict } from './holdout-verdict.ts'
import { type ReportWords, strings } from './strings.ts'

interface ReportProps {
  readonly report: RecommendationReport
  readonly words: ReportWords
  readonly pen: Pen
}

export function reportView(state: ReportState, actions: ReportConnection, pen: Pen) {
  const words = wordsFor(strings, pen.language)
  const { report } = state
  return (
    <>
      <Heading title={words.title} lead={words.lead} />
      <Range state={state} actions={actions} pen={pen} words={words} />
      <Alert failure={state.failure} language={pen.language} />
      {!report && !state.failure && <p part="hint">{words.loading}</p>}
      {report && (
        <div part="report" aria-busy={state.busy.length > 0}>
          <p part="note">
            {formatDate(report.from, pen.language)} – {formatDate(report.to, pen.language)}
          </p>
          {report.total.shown === 0 ? (
            <div part="empty">
              <h2>{words.emptyTitle}</h2>
              <p>{words.empty}</p>
              <a part="button" href="#overview">
                {words.toScript}
              </a>
            </div>
          ) : (
            <Earned report={report} words={words} pen={pen} />
          )}
          <Holdout report={report} words={words} pen={pen} />
          <Groups report={report} words={words} pen={pen} />
        </div>
      )}
    </>
  )
}

function Range({
  state,
  actions,
  pen,
  words,
}: {
  state: ReportState
  actions: ReportConnection
  pen: Pen
  words: ReportWords
}) {
  const days = (n: number) => fill(words.days, { n: formatNumber(n, pen.language) })
  return (
    <div part="range">
      <div part="field">
        <p part="label">{words.period}</p>
        <Choices
          label={words.period}
          options={PERIODS.map((n) => ({ value: String(n), label: days(n) }))}
          chosen={[String(state.days)]}
          onToggle={(value) => actions.choose({ days: Number(value) as ReportState['days'] })}
        />
      </div>
      <Field id="window" label={words.window} hint={words.windowHint}>
        <select
          {...describedBy('window', { hint: true })}
          value={state.windowDays}
          onChange={(event) =>
            actions.choose({ windowDays: Number(event.currentTarget.value) as ReportState['windowDays'] })
          }
        >
          {WINDOWS.map((n) => (
            <option key={n} value={n} selected={n === state.windowDays}>
              {days(n)}
            </option>
          ))}
        </select>
      </Field>
    </div>
  )
}

function Earned({ report: { total, currency }, words, pen: { language } }: ReportProps) {
  const count = (value: number) => formatNumber(value, language)
  const money = (amount: number) => formatMoney({ amount, currency }, language)
  const share = (part: number, of: number) => (of === 0 ? '–' : formatShare(part / of, language))
  return (
    <>
      <Panel title={words.funnel}>
        <ol part="funnel">
          <Step name={words.shown} value={count(total.shown)} share={1} />
          <Step
            name={words.clicked}
            value={count(total.clicked)}
            note={fill(words.ofShown, { x: share(total.clicked, total.shown) })}
            share={total.clicked / total.shown}
          />
          <Step
            name={words.orders}
            value={count(total.orders)}
            note={fill(words.ofClicked, { x: share(total.orders, total.clicked) })}
            share={total.orders / total.shown}
          />
        </ol>
      </Panel>
      <div part="ways">
        <Panel title={words.strict}>
          <dl>
            <Fact name={words.orders} value={count(total.orders)} />
            <Fact name={words.revenue} value={money(total.revenueMinor)} />
          </dl>
          <p part="note">{words.strictHint}</p>
        </Panel>
        <Panel title={words.lastClick}>
          <dl>
            <Fact name={words.orders} value={count(total.lastClickOrders)} />
            <Fact name={words.revenue} value={money(total.lastClickRevenueMinor)} />
          </dl>
          <p part="note">{words.lastClickHint}</p>
        </Panel>
      </div>
    </>
  )
}

/** One step of the way from shown to ordered, as wide as what is left. */
function Step({ name, value, note, share }: { name: string; value: string; note?: string; share: number }) {
  return (
    <li>
      <p>
        <span>{name}</span> <b>{value}</b> {note && <span part="note">{note}</span>}
      </p>
      <svg width="100%" height="10" aria-hidden="true">
        <rect width="100%" height="10" rx="5" part="all" />
        <rect width={`${Math.max(0.4, share * 100)}%`} height="10" rx="5" part="rest" />
      </svg>
    </li>
  )
}

const VERDICT_STATES = { earns: 'better', harms: 'worse', uncertain: 'later' } as const

function Holdout({ report: { holdout }, words, pen }: ReportProps) {
  if (!holdout) {
    return (
      <Panel title={words.holdout}>
        <p>{words.holdoutOff}</p>
        {pen.can('recommendations:write') && (
          <p part="more">
            <a part="button" href="#settings">
              {words.toSettings}
            </a>
          </p>
        )}
      </Panel>
    )
  }
  const verdict = holdoutVerdict(holdout)
  const { language } = pen
  const rows = [
    [words.groupShown, holdout.shown],
    [words.groupHeldOut, holdout.heldOut],
  ] as const
  return (
    <Panel title={words.holdout} name="holdout">
      <p part="verdict">{verdictText(verdict, words, language)}</p>
      {verdict.kind !== 'waiting' && <Interval {...verdict} language={language} />}
      <Scroll label={words.holdout}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.visitors}</th>
              <th scope="col">{words.orders}</th>
              <th scope="col">{words.perVisitor}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(([name, { visitors, orders }]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                <td>{formatNumber(visitors, language)}</td>
                <td>{formatNumber(orders, language)}</td>
                <td>
                  {visitors === 0
                    ? '–'
                    : new Intl.NumberFormat(language, { maximumFractionDigits: 1 }).format((100 * orders) / visitors)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}

function verdictText(verdict: HoldoutVerdict, words: ReportWords, language: string) {
  if (verdict.kind === 'waiting') return fill(words.waiting, { n: formatNumber(verdict.visitors, language) })
  const { kind, change, low, high, moreVisitors } = verdict
  const percent = (value: number) => formatChange(value, language)
  const more =
    moreVisitors === null ? words.manyVisitors : fill(words.moreVisitors, { n: formatNumber(moreVisitors, language) })
  return (
    <>
      <State is={VERDICT_STATES[kind]} label="" />
      <b>{fill(words[kind], { x: percent(change) })}</b>{' '}
      {fill(words.between, { low: percent(low), high: percent(high) })} {kind === 'uncertain' && more}
    </>
  )
}

/** The interval on a line with its zero; what it says stands in the sentence above. */
function Interval({ change, low, high, language }: { change: number; low: number; high: number; language: string }) {
  const reach = Math.max(Math.abs(low), Math.abs(high)) * 1.1
  const at = (value: number) => `${50 + (50 * value) / reach}%`
  return (
    <svg part="interval" width="100%" height="44" aria-hidden="true">
      <line x1="0" x2="100%" y1="14" y2="14" part="axis" />
      <rect x={at(low)} width={`${(50 * (high - low)) / reach}%`} y="9" height="10" rx="5" part="span" />
      <line x1="50%" x2="50%" y1="2" y2="26" part="zero" />
      <circle cx={at(change)} cy="14" r="5" part="point" />
      <text x="50%" y="40" text-anchor="middle">
        {formatChange(0, language)}
      </text>
    </svg>
  )
}

type Row = RecommendationReport['total'] & { readonly key: string; readonly label: string }

function Groups({ report, words, pen }: ReportProps) {
  const kinds: Readonly<Record<string, string>> = words.kinds
  const { byKind, byPlacement, byModel } = report
  return (
    <>
      <Group
        {...{ report, words, pen }}
        title={words.byKind}
        rows={byKind.map(({ kind, ...rest }) => ({ key: kind, label: kinds[kind] ?? kind, ...rest }))}
      />
      <Group
        {...{ report, words, pen }}
        title={words.byPlacement}
        rows={byPlacement.map(({ placement, ...rest }) => ({
          key: placement,
          label: placement || words.noPlacement,
          ...rest,
        }))}
      />
      <Group
        {...{ report, words, pen }}
        title={words.byModel}
        rows={byModel.map(({ model, ...rest }) => ({
          key: model,
          label: /^[0-9a-f]{8,}$/.test(model) ? model.slice(0, 8) : words.noModel,
          ...rest,
        }))}
      />
    </>
  )
}

function Group({
  title,
  rows,
  report: { currency },
  words,
  pen: { language },
}: ReportProps & { title: string; rows: readonly Row[] }) {
  if (rows.length === 0) return null
  return (
    <Panel title={title}>
      <Scroll label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{words.name}</th>
              <th scope="col">{words.shown}</th>
              <th scope="col">{words.clicked}</th>
              <th scope="col">{words.orders}</th>
              <th scope="col">{words.revenue}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map(({ key, label, shown, clicked, orders, revenueMinor }) => (
              <tr key={key}>
                <th scope="row">{label}</th>
                <td>{formatNumber(shown, language)}</td>
                <td>
                  {formatNumber(clicked, language)}{' '}
                  <span part="note">{shown > 0 && formatShare(clicked / shown, language)}</span>
                </td>
                <td>{formatNumber(orders, language)}</td>
                <td>{formatMoney({ amount: revenueMinor, currency }, language)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Scroll>
    </Panel>
  )
}
