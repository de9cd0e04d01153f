import { Component, type ComponentChildren, createRef } from 'preact'

export interface ShelfProps {
  readonly heading: string
  readonly previous: string
  readonly next: string
  readonly children: ComponentChildren
}

interface Edges {
  readonly hasPrevious: boolean
  readonly hasNext: boolean
}

/** A heading over a row that scrolls sideways, with buttons where there is more to see than fits. */
export class Shelf extends Component<ShelfProps, Edges> {
  override state: Edges = { hasPrevious: false, hasNext: false }
  private readonly row = createRef<HTMLUListElement>()
  private readonly resizes = new ResizeObserver(() => this.measure())

  override componentDidMount() {
    this.resizes.observe(this.row.current!)
  }

  override componentDidUpdate() {
    this.measure()
  }

  override componentWillUnmount() {
    this.resizes.disconnect()
  }

  private measure() {
    const { scrollLeft, scrollWidth, clientWidth } = this.row.current!
    const at = Math.abs(scrollLeft) // Negative where text runs from right to left.
    const hasPrevious = at > 1
    const hasNext = at + clientWidth < scrollWidth - 1
    if (hasPrevious !== this.state.hasPrevious || hasNext !== this.state.hasNext) {
      this.setState({ hasPrevious, hasNext })
    }
  }

  /** 1 where text runs from left to right, else -1. */
  private get direction() {
    return getComputedStyle(this.row.current!).direction === 'rtl' ? -1 : 1
  }

  private page(step: 1 | -1) {
    const row = this.row.current!
    row.scrollBy({ left: row.clientWidth * 0.8 * step * this.direction })
  }

  /** Arrow keys move to the same control of the next card. */
  private readonly onKey = (event: KeyboardEvent) => {
    const step = (Number(event.key === 'ArrowRight') - Number(event.key === 'ArrowLeft')) * this.direction
    if (!step) return
    const from = event.target as HTMLElement
    const card = from.closest('li')
    const to = step > 0 ? card?.nextElementSibling : card?.previousElementSibling
    event.preventDefault()
    to?.querySelector<HTMLElement>(from.localName)?.focus()
  }

  override render({ heading, previous, next, children }: ShelfProps, { hasPrevious, hasNext }: Edges) {
    return (
      <>
        <header part="header">
          <h2 part="heading">{heading}</h2>
          {(hasPrevious || hasNext) && (
            <>
              <button
                type="button"
                part="previous"
                aria-label={previous}
                aria-disabled={!hasPrevious}
                onClick={() => this.page(-1)}
              />
              <button
                type="button"
                part="next"
                aria-label={next}
                aria-disabled={!hasNext}
                onClick={() => this.page(1)}
              />
            </>
          )}
        </header>
        <ul part="row" ref={this.row} onScroll={() => this.measure()} onKeyDown={this.onKey}>
          {children}
        </ul>
      </>
    )
  }
}
