import type { ComponentProps } from 'react'
import { useLayout } from './state/layouts.ts'
import { Panels } from './ui/panels.tsx'

/** Panels whose sizes are kept under their id. */
export function KeptPanels(props: Omit<ComponentProps<typeof Panels>, 'sizes' | 'onSizes'>) {
  return <Panels {...useLayout(props.id)} {...props} />
}
