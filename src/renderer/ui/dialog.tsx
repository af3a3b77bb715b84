import { Component, type ComponentType, lazy, type ReactNode, Suspense, useState } from 'react'
import { report } from '../report.ts'
import type { DialogFrameProps } from './dialog-frame.tsx'

type FrameProps = Omit<DialogFrameProps, 'children'>

interface FallbackProps {
  readonly onError: (thrown: unknown) => void
  readonly children: ReactNode
}

/** Takes away a dialog that cannot be shown, and says so: the window must not wait for an answer to what nobody sees. */
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

/** A dialog's content in its frame; both are loaded when it is opened first. */
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
    /** The next opening after a failure tries anew. */
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
