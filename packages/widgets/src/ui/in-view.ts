/**
 * Tells `run` when `element` comes into view or leaves it. `share` is how much of it has to be in view, 0 to 1;
 * `marginPx` widens the view, so that work can start before anyone looks. Returns the function that stops it.
 */
export function watchInView(
  element: Element,
  run: (isInView: boolean) => void,
  { share = 0, marginPx = 0 }: { share?: number; marginPx?: number },
): () => void {
  const observer = new IntersectionObserver(
    (entries) => {
      const { isIntersecting, intersectionRatio } = entries.at(-1)!
      run(isIntersecting && intersectionRatio >= share)
    },
    { threshold: share, rootMargin: `${marginPx}px` },
  )
  observer.observe(element)
  return () => observer.disconnect()
}
