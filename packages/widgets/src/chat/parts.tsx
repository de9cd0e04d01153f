import type { ChatField, ChatOrder, ChatPart, ChatProduct } from '@tillwright/core/contract'
import { formatMoney } from '../i18n.ts'
import type { ChatActions } from './actions.ts'
import type { ChatProps } from './connect.ts'
import type { ChatWords } from './strings.ts'
import type { Shown } from './talk.ts'

export interface Drawing {
  readonly props: ChatProps
  readonly words: ChatWords
  readonly actions: ChatActions
  /** Of whom the part is. */
  readonly message: Shown
  /** Whether what the message offers can be taken still. */
  readonly isOpen: boolean
}

type PartOf<T extends ChatPart['type']> = Extract<ChatPart, { type: T }>

/** One part of a message. What it says is text, whatever it looks like; links lead where a page may. */
export function partView(part: ChatPart, drawing: Drawing) {
  const { words, isOpen, props } = drawing
  switch (part.type) {
    case 'text':
      return part.text && <div part="bubble">{part.text}</div>
    case 'products':
      return <div part="cards">{part.items.map((product) => productCard(product, drawing))}</div>
    case 'orders':
      return part.items.map((order) => orderCard(order, drawing))
    case 'rows':
      return rows(part, props.language)
    case 'chart':
      return chart(part)
    case 'receipt':
      return receipt(part, drawing)
    case 'link':
      return safe(part.url) && anchor(part.url, part.label, 'quiet')
    case 'choices':
      return isOpen && choices(part.items, drawing)
    case 'confirm':
      return confirm(part, drawing)
    case 'form':
      return isOpen && form(part, drawing)
    case 'notice':
      return notice(part, drawing)
    case 'citations':
      return (
        <small>
          {words.sources}:{' '}
          {part.items.map(({ title, url, quote }, index) => (
            <span key={index} title={quote}>
              {index > 0 && ', '}
              {safe(url) ? anchor(url!, title, 'text') : title}
            </span>
          ))}
        </small>
      )
    default:
      // What the cart is told, the page does; what a newer server sends and nobody knows is not shown.
      return null
  }
}

/** Only what a link of the page itself may lead to. */
export function safe(url: string | undefined): boolean {
  return /^(https?:\/\/|\/(?!\/))/i.test(url ?? '')
}

function anchor(url: string, label: string, part: string) {
  return (
    <a part={part} href={url} {...(/^http/i.test(url) && { rel: 'noopener' })}>
      {label}
    </a>
  )
}

function productCard(product: ChatProduct, { props, words }: Drawing) {
  const { id, name, price, imageUrl, inStock, reasonText } = product
  const url = product.url ?? props.productUrl?.replace('{id}', encodeURIComponent(id))
  return (
    <article part="card" key={id}>
      <a {...(safe(url) && { href: url })}>
        <div part="media" aria-hidden="true">
          {name.trim().slice(0, 1)}
          {safe(imageUrl) && <img src={imageUrl} alt="" loading="lazy" onError={hide} />}
        </div>
        <div part="about">
          <div part="name">{name}</div>
          <div part="price">{price && formatMoney(price, props.language)}</div>
          {inStock === false && <small>{words.stock}</small>}
          {reasonText && <small>{reasonText}</small>}
        </div>
      </a>
    </article>
  )
}

function hide(event: Event): void {
  ;(event.currentTarget as HTMLElement).hidden = true
}

function orderCard({ id, placedAt, total, stateText, url, lines, lineCount }: ChatOrder, { props, words }: Drawing) {
  const { language } = props
  const title = `${words.order} ${id}`
  return (
    <article part="card sheet" key={id}>
      <div part="title">
        <h3>{safe(url) ? anchor(url!, title, 'text') : title}</h3>
        {stateText && <span part="badge">{stateText}</span>}
      </div>
      <table>
        {lines.map(({ name, quantity, unitPrice }, index) => (
          <tr key={index}>
            <th scope="row">
              {quantity > 1 && `${quantity} × `}
              {name}
            </th>
            <td>{formatMoney({ ...unitPrice, amount: unitPrice.amount * quantity }, language)}</td>
          </tr>
        ))}
        <tr>
          <th scope="row">
            {day(placedAt, language)}
            {lineCount > lines.length && `, ${words.more.replace('{n}', `${lineCount - lines.length}`)}`}
          </th>
          <td>{formatMoney(total, language)}</td>
        </tr>
      </table>
    </article>
  )
}

function rows({ title, items }: PartOf<'rows'>, language: string) {
  return (
    <article part="card sheet">
      <table>
        {title && <caption>{title}</caption>}
        {items.map(({ label, detail, at, amount }, index) => (
          <tr key={index}>
            <th scope="row">
              {label}
              {(detail || at) && <small>{[detail, at && day(at, language)].filter(Boolean).join(' · ')}</small>}
            </th>
            <td>{amount && formatMoney(amount, language)}</td>
          </tr>
        ))}
      </table>
    </article>
  )
}

/** Bars in a table: each with its value in words, for whoever does not see them. */
function chart({ title, bars }: PartOf<'chart'>) {
  const most = Math.max(...bars.map(({ value }) => Math.abs(value)), 1)
  return (
    <article part="card sheet">
      <table part="chart">
        <caption>{title}</caption>
        {bars.map(({ label, value, text }, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            <td aria-hidden="true">
              <span part="bar" style={{ width: `${(100 * Math.abs(value)) / most}%` }} />
            </td>
            <td>{text}</td>
          </tr>
        ))}
      </table>
    </article>
  )
}

function receipt({ merchant, total, at, url }: PartOf<'receipt'>, { props, words }: Drawing) {
  return (
    <article part="card sheet">
      <div part="title">
        <h3>{merchant}</h3>
        <strong>{total && formatMoney(total, props.language)}</strong>
      </div>
      {at && <div part="detail">{day(at, props.language)}</div>}
      {safe(url) && anchor(url!, words.receipt, 'quiet')}
    </article>
  )
}

function choices(items: PartOf<'choices'>['items'], { actions }: Drawing) {
  return (
    <div part="chips">
      {items.map(({ id, label }) => (
        <button type="button" part="chip" key={id} onClick={() => actions.choose(id, label)}>
          {label}
        </button>
      ))}
    </div>
  )
}

function confirm({ title, details, yes, no }: PartOf<'confirm'>, { actions, isOpen }: Drawing) {
  return (
    <article part="card sheet" aria-label={title}>
      <h3>{title}</h3>
      <table>
        {details.map(({ label, value }, index) => (
          <tr key={index}>
            <th scope="row">{label}</th>
            <td>{value}</td>
          </tr>
        ))}
      </table>
      {isOpen && (
        <div part="actions">
          {([yes, no] as const).map(({ id, label }, index) => (
            <button
              type="button"
              part={index === 0 ? 'main' : 'quiet'}
              key={id}
              onClick={() => actions.choose(id, label)}
            >
              {label}
            </button>
          ))}
        </div>
      )}
    </article>
  )
}

/** What each type of field is for the browser. */
const INPUTS: Readonly<Partial<Record<ChatField['type'], object>>> = {
  email: { type: 'email', autocomplete: 'email' },
  number: { inputMode: 'decimal' },
  money: { inputMode: 'decimal' },
  date: { type: 'date' },
}

function form({ id, title, fields, submitLabel }: PartOf<'form'>, { actions }: Drawing) {
  const submit = (event: SubmitEvent) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget as HTMLFormElement)
    const values = Object.fromEntries(
      fields.flatMap(({ name }) => (given.get(name) ? [[name, String(given.get(name)).trim()]] : [])),
    )
    const labels = fields.flatMap(({ name, options }) => {
      const value = values[name]
      return value ? [options?.find((option) => option.id === value)?.label ?? value] : []
    })
    actions.fill(id, values, labels.join(', '))
  }
  return (
    <form part="card sheet" onSubmit={submit} aria-label={title ?? submitLabel}>
      {title && <h3>{title}</h3>}
      {fields.map((field) => (
        <div key={field.name}>
          <label for={`field-${field.name}`}>{field.label}</label>
          {fieldOf(field)}
          {field.hint && <small>{field.hint}</small>}
        </div>
      ))}
      <button type="submit" part="main">
        {submitLabel}
      </button>
    </form>
  )
}

function fieldOf({ name, type, required, value, maxLength, options }: ChatField) {
  const id = `field-${name}`
  if (options) {
    return (
      <select id={id} name={name} required={required}>
        {options.map(({ id, label }) => (
          <option value={id} key={id} selected={id === value}>
            {label}
          </option>
        ))}
      </select>
    )
  }
  return (
    <input
      id={id}
      name={name}
      required={required}
      defaultValue={value}
      maxLength={maxLength ?? 1_000}
      {...INPUTS[type]}
    />
  )
}

function notice({ code, text }: PartOf<'notice'>, { actions, words, props, message, isOpen }: Drawing) {
  const said = <div part="bubble">{text}</div>
  if (!isOpen) return said
  if (code === 'sign_in_needed') {
    return (
      <>
        {said}
        {safe(props.signInUrl ?? undefined) ? (
          anchor(props.signInUrl!, words.signIn, 'main')
        ) : (
          <button type="button" part="main" onClick={actions.signIn}>
            {words.signIn}
          </button>
        )}
      </>
    )
  }
  if (code !== 'step_up_needed') return said
  const choice = message.parts.find((part) => part.type === 'choices')?.items[0] ?? null
  const prove = (event: SubmitEvent) => {
    event.preventDefault()
    const given = new FormData(event.currentTarget as HTMLFormElement).get('proof')
    void actions.prove(String(given).trim(), choice)
  }
  return (
    <>
      {said}
      <form part="card sheet" onSubmit={prove}>
        <label>
          {words.password}
          <input id="proof" name="proof" type="password" autocomplete="current-password" required />
          <small>{words.proof}</small>
        </label>
        <button type="submit" part="main">
          {words.prove}
        </button>
      </form>
    </>
  )
}

function day(at: string, language: string): string {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium' }).format(new Date(at))
}
