/** How long to wait for a part that loads when first shown. */
const limitMs = 5000

/** Cancels the previous wait: a newer request replaces it. */
let stopWaiting = (): void => undefined

/** Calls `then` in the first frame in which the page has the element, which may still have to load. */
export function whenShown(selector: string, then: () => void): void {
  stopWaiting()
  stopWaiting = () => {
    observer.disconnect()
    clearTimeout(timer)
    cancelAnimationFrame(frame)
  }
  const look = () => {
    if (!document.querySelector(selector)) return
    stopWaiting()
    then()
  }
  const observer = new MutationObserver(look)
  const timer = setTimeout(stopWaiting, limitMs)
  observer.observe(document.body, { childList: true, subtree: true })
  // An element requested just now is on the page in the next frame.
  const frame = requestAnimationFrame(look)
}
