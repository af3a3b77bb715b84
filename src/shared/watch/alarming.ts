import type { WatchState } from './state.ts'

/** Whether a watch has found something that is not as it should be. */
export function isAlarming(state: WatchState): boolean {
  switch (state.kind) {
    case 'sequence':
      return state.missing + state.repeated + state.reordered + state.restarts > 0
    case 'age':
      return state.late > 0
    case 'rate':
      return state.alarm !== null
  }
}
