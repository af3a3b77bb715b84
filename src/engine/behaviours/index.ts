import type { BehaviourId } from '../../shared/session/behaviours.ts'
import type { Behaviour } from './behaviour.ts'
import { echo } from './echo.ts'

/** How each behaviour of shared/session/behaviours.ts acts. */
export const behaviourOf: Readonly<Record<BehaviourId, Behaviour>> = { echo }
