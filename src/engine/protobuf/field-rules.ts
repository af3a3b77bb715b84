/** What the syntax of a file allows before a field. */
export interface FieldRules {
  /** proto2: every field outside a oneof has a label. */
  readonly needsLabel: boolean
  readonly labels: ReadonlySet<string>
  readonly hasGroups: boolean
  /** proto3: `optional` makes absence distinct from the default. */
  readonly optionalIsExplicit: boolean
  /** Scalar types that mean another encoding than elsewhere, by the name in the file. */
  readonly renamedTypes: ReadonlyMap<string, string>
}

const proto2: FieldRules = {
  needsLabel: true,
  labels: new Set(['optional', 'required', 'repeated']),
  hasGroups: true,
  optionalIsExplicit: false,
  renamedTypes: new Map(),
}
const proto3: FieldRules = {
  ...proto2,
  needsLabel: false,
  labels: new Set(['optional', 'repeated']),
  hasGroups: false,
  optionalIsExplicit: true,
}
const editions: FieldRules = { ...proto3, labels: new Set(['repeated']), optionalIsExplicit: false }
/** An integer without further words has a fixed width. */
const unstable: FieldRules = {
  ...editions,
  renamedTypes: new Map([
    ['int32', 'sfixed32'],
    ['int64', 'sfixed64'],
    ['uint32', 'fixed32'],
    ['uint64', 'fixed64'],
    ['varint32', 'int32'],
    ['varint64', 'int64'],
    ['uvarint32', 'uint32'],
    ['uvarint64', 'uint64'],
    ['zigzag32', 'sint32'],
    ['zigzag64', 'sint64'],
  ]),
}

const rulesByEdition: ReadonlyMap<string, FieldRules> = new Map([
  ['proto2', proto2],
  ['proto3', proto3],
  ['UNSTABLE', unstable],
])

export const fieldRules = (edition: string): FieldRules => rulesByEdition.get(edition) ?? editions
