import { useEffect } from 'react'
import { type FocusTarget, focusedFrame, onFocusRequest } from '../../state/focus.ts'
import { whenShown } from './when-shown.ts'

interface Place {
  /** The element that must be on the page. */
  readonly part: string
  /** The first of these selectors that matches takes the focus. */
  readonly takers: readonly string[]
}

const part = (name: string): string => `[data-part="${name}"]`
const within = (name: string, ...takers: readonly string[]): Place => ({
  part: part(name),
  takers: takers.map((taker) => `${part(name)} ${taker}`),
})

const only = (selector: string): Place => ({ part: selector, takers: [selector] })

const selectedTab = '[role="tab"][aria-selected="true"]'
const tab = (name: string, ...takers: readonly string[]): Place => ({
  part: part(name),
  takers: [...takers.map((taker) => `${part(name)} ${taker}`), selectedTab],
})

const lastFrame = '[data-frame]:last-child'
const faulty = '[data-frame][data-faulty]'

/** Where each target is, by the features' `data-part` attributes. */
const places: Readonly<Record<Exclude<FocusTarget, 'named-frame'>, Place>> = {
  endpoint: only(part('endpoint')),
  request: within('request', '[role="textbox"]', 'select'),
  'last-frame': { part: lastFrame, takers: [`${lastFrame} [role="textbox"]`, `${lastFrame} select`] },
  'faulty-frame': { part: faulty, takers: [`${faulty} [role="textbox"]`, `${faulty} select`, `${faulty} button`] },
  reply: { part: part('reply'), takers: [`${part('reply')} select`, `${part('reply')} button`, part('send')] },
  latency: tab('latency'),
  log: tab('log', '[role="row"][tabindex="0"]'),
  'log-filter': tab('log', '[data-part="filter"]'),
  events: tab('events'),
  'active-connection': only(`${part('connections')} [aria-current="true"]`),
  'undo-removal': only(`${part('removed')} button`),
}

const frameNamed = (id: string): Place => {
  const frame = `[data-frame="${CSS.escape(id)}"]`
  return { part: frame, takers: [`${frame} [role="textbox"]`, `${frame} select`] }
}

function focus(target: FocusTarget): void {
  const { part, takers } = target === 'named-frame' ? frameNamed(focusedFrame()) : places[target]
  whenShown(part, () => {
    for (const taker of takers) {
      const found = document.querySelector<HTMLElement>(taker)
      if (found) return found.focus()
    }
  })
}

/** Moves the focus on request. */
export function useFocusRequests(): void {
  useEffect(() => onFocusRequest(focus), [])
}
