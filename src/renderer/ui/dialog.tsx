import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { report } from '../report.ts'
import type { DialogFrameProps } from './dialog-frame.tsx'

type FrameProps = Omit<DialogFrameProps, 'children'>

interface FallbackProps {
  readonly onError: (thrown: unknown) => void
  readonly children: ReactNode
}

/** Closes a dialog that fails to render, and reports it: the window must not wait for a dialog that nobody sees. */
class Fallback extends Component<FallbackProps, { readonly failed: boolean }> {
  override state = { failed: false }

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true }
  }

  override componentDidCatch(thrown: unknown): void {
    this.props.onError(thrown)
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children
  }
}

/** A dialog whose frame and content are loaded when it is first opened. */
export function lazyDialog(load: () => Promise<ComponentType>): ComponentType<FrameProps> {
  const lazily = () =>
    lazy(async () => {
      const [{ DialogFrame }, Content] = await Promise.all([import('./dialog-frame.tsx'), load()])
      return {
        default: (props: FrameProps) => (
          <DialogFrame {...props}>
            <Content />
          </DialogFrame>
        ),
      }
    })
  return function LazyDialog(props: FrameProps) {
    const [needed, setNeeded] = useState(false)
    /** After a failure, the next opening loads again. */
    const [{ Loaded, attempt }, setLoaded] = useState(() => ({ Loaded: lazily(), attempt: 0 }))
    if (props.opened && !needed) setNeeded(true)
    if (!needed) return null
    const onError = (thrown: unknown) => {
      report(thrown)
      props.onClose()
      setNeeded(false)
      setLoaded({ Loaded: lazily(), attempt: attempt + 1 })
    }
    return (
      <Fallback key={attempt} onError={onError}>
        <Suspense fallback={null}>
          <Loaded {...props} />
        </Suspense>
      </Fallback>
    )
  }
}
