import { type ReactNode, type RefObject, useLayoutEffect, useRef } from 'react'
import { Group, Panel, type PanelImperativeHandle, Separator, usePanelRef } from 'react-resizable-panels'
import classes from './panels.module.css'

interface PanelPlan {
  readonly id: string
  /** Initial size, in percent. */
  readonly size: number
  /** In pixels. */
  readonly minimum: number
  readonly content: ReactNode
}

interface Folding {
  readonly folded: boolean
  /** Size of what is left of the panel when it is folded, in pixels. */
  readonly size: number
  /** Told when the person folds or unfolds the panel by its separator. */
  readonly onFold: (folded: boolean) => void
}

interface PanelsProps {
  readonly id: string
  readonly orientation: 'horizontal' | 'vertical'
  readonly panels: readonly [PanelPlan, PanelPlan]
  /** How the second panel folds; absent when it does not. */
  readonly folding?: Folding
  /** Sizes in percent by panel, as last reported by `onSizes`; undefined for the initial ones. */
  readonly sizes: Readonly<Record<string, number>> | undefined
  readonly onSizes: (sizes: Record<string, number>) => void
}

/** Keeps the panel folded, or unfolded to its size in percent, as it is wanted. */
function useFolded(panel: RefObject<PanelImperativeHandle | null>, folded: boolean | undefined, size: number): void {
  const unfolded = useRef(size)
  unfolded.current = size
  useLayoutEffect(() => {
    if (folded === undefined || panel.current?.isCollapsed() === folded) return
    if (folded) panel.current?.collapse()
    else panel.current?.resize(`${unfolded.current}%`)
  }, [panel, folded])
}

/** Two panels with a separator that can be dragged, or moved with the arrow keys. */
export function Panels({ id, orientation, panels: [first, second], folding, sizes, onSizes }: PanelsProps) {
  const foldable = usePanelRef()
  useFolded(foldable, folding?.folded, sizes?.[second.id] ?? second.size)
  return (
    <Group
      id={id}
      orientation={orientation}
      className={classes.group}
      {...(sizes && !folding?.folded ? { defaultLayout: sizes } : {})}
      onLayoutChanged={(changed) => {
        const isFolded = foldable.current?.isCollapsed() === true
        if (folding && isFolded !== folding.folded) folding.onFold(isFolded)
        // The size to unfold to stays.
        if (!isFolded) onSizes(changed)
      }}
    >
      <Panel id={first.id} defaultSize={`${first.size}%`} minSize={`${first.minimum}px`} className={classes.panel}>
        {first.content}
      </Panel>
      <Separator className={classes.separator} />
      <Panel
        id={second.id}
        panelRef={foldable}
        defaultSize={folding?.folded ? `${folding.size}px` : `${second.size}%`}
        minSize={`${second.minimum}px`}
        {...(folding ? { collapsible: true, collapsedSize: `${folding.size}px` } : {})}
        className={classes.panel}
      >
        {second.content}
      </Panel>
    </Group>
  )
}
