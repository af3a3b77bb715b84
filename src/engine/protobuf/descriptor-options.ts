import { changeByNumber, type FeatureChange } from './features.ts'
import type { WireReader } from './wire-reader.ts'

/** Where a kind of element has the options that say something about types: field numbers in its options message. */
export interface OptionNumbers {
  readonly features: number
  readonly flags: Readonly<Partial<Record<OptionFlag, number>>>
}

export type OptionFlag = 'packed' | 'mapEntry' | 'messageSet'

export const fileOptions: OptionNumbers = { features: 50, flags: {} }
export const messageOptions: OptionNumbers = { features: 12, flags: { messageSet: 1, mapEntry: 7 } }
export const fieldOptions: OptionNumbers = { features: 21, flags: { packed: 2 } }
export const oneofOptions: OptionNumbers = { features: 1, flags: {} }
export const enumOptions: OptionNumbers = { features: 7, flags: {} }

/** What the options of one element say about types. */
export interface ElementOptions {
  readonly features: FeatureChange | null
  /** Of the flags that are set, whether to true. */
  readonly flags: ReadonlyMap<OptionFlag, boolean>
}

export const noOptions: ElementOptions = { features: null, flags: new Map() }

export function readOptions(options: WireReader, numbers: OptionNumbers): ElementOptions {
  const flags = new Map<OptionFlag, boolean>()
  let change: FeatureChange = {}
  const known: readonly OptionFlag[] = ['packed', 'mapEntry', 'messageSet']
  while (options.next()) {
    if (options.field === numbers.features) change = { ...change, ...readFeatures(options.message()) }
    const flag = known.find((name) => numbers.flags[name] === options.field)
    if (flag) flags.set(flag, options.number !== 0)
  }
  return { features: Object.keys(change).length > 0 ? change : null, flags }
}

function readFeatures(set: WireReader): FeatureChange {
  let change: FeatureChange = {}
  while (set.next()) change = { ...change, ...changeByNumber(set.field, set.number) }
  return change
}
