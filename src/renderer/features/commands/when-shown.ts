/** A part that is loaded when it is shown first is there within this time, or not at all. */
const limitMs = 5000

/** Ends the waiting of before: where the person went since is where they want to be. */
let stopWaiting = (): void => undefined

/** Calls `then` in the frame in which the page has the element, which may have to be loaded first. */
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
  // What was just asked for is on the page in the next frame.
  const frame = requestAnimationFrame(look)
}
