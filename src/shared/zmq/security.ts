/** What a ZMTP greeting names. */
export type MechanismName = 'NULL' | 'PLAIN' | 'CURVE'

/** What differs between the ways in which a socket is secured. */
export interface SecurityRow {
  readonly label: string
  /** What it does, in a sentence without its end. */
  readonly words: string
  readonly mechanism: MechanismName
  /** Whether it decides who may come in: that has nothing to do with who binds. */
  readonly isServer: boolean
}

export const securityKinds = {
  none: {
    label: 'None',
    words: 'Everybody may come in, and everything is in clear text',
    mechanism: 'NULL',
    isServer: false,
  },
  'plain-client': {
    label: 'PLAIN client',
    words: 'Gives a user name and a password, both in clear text',
    mechanism: 'PLAIN',
    isServer: false,
  },
  'plain-server': {
    label: 'PLAIN server',
    words: 'Lets in whoever gives a user name and its password',
    mechanism: 'PLAIN',
    isServer: true,
  },
  'curve-client': {
    label: 'CURVE client',
    words: 'Encrypts, and talks to nobody but the server with this key',
    mechanism: 'CURVE',
    isServer: false,
  },
  'curve-server': {
    label: 'CURVE server',
    words: 'Encrypts, and lets in the clients that you choose',
    mechanism: 'CURVE',
    isServer: true,
  },
} as const satisfies Record<string, SecurityRow>

export type SecurityKind = keyof typeof securityKinds

function kindIds(): readonly SecurityKind[]
function kindIds(): readonly string[] {
  return Object.keys(securityKinds)
}

export const securityKindIds = kindIds()

/** Who comes in to a CURVE server: all who know its public key, those in the list, or those too that a person lets in. */
export const admissions = ['anyone', 'listed', 'ask'] as const
export type Admission = (typeof admissions)[number]

/**
 * How the authenticator of a server answers: by the rules, or wrongly on purpose, to see what clients make of it. `late`
 * is by the rules, after `lateAnswerMs`.
 */
export const zapAnswers = ['by-rules', '300', '400', '500', 'late', 'never', 'malformed'] as const
export type ZapAnswer = (typeof zapAnswers)[number]

/** How long `late` takes, in milliseconds. */
export const lateAnswerMs = 3000

/** A client that a CURVE server lets in. */
export interface KnownClient {
  /** Its public key, as a person writes it. */
  readonly publicKey: string
  /** What the person calls it; may be empty. */
  readonly name: string
}

/** A user that a PLAIN server lets in. */
export interface KnownUser {
  /** Which of the users it is, whatever its name and place. */
  readonly id: string
  readonly name: string
  /** The id of the secret that is the password; null before it was written: nobody comes in as this user. */
  readonly password: string | null
}

/**
 * How a socket is secured. Each kind uses some of it; the rest stays for when the person chooses another. It holds no
 * secret, only the ids of secrets: a host that opens the socket gives those.
 */
export interface Security {
  readonly kind: SecurityKind
  /** Of a PLAIN client. */
  readonly userName: string
  /** The id of the secret that is the password of a PLAIN client; null before it was written. */
  readonly password: string | null
  /** Of a PLAIN server. */
  readonly users: readonly KnownUser[]
  /** The public key of the server, of a CURVE client, as a person writes it. */
  readonly serverKey: string
  /** The public half of the own pair, of a CURVE client or server, in Z85; null for a fresh pair each time it opens. */
  readonly ownKey: string | null
  /** Of a CURVE server. */
  readonly admits: Admission
  /** Of a CURVE server. */
  readonly clients: readonly KnownClient[]
  /** Addresses that a server refuses, such as `192.0.2.7` or `192.0.2.0/24`. */
  readonly denied: readonly string[]
  /** Of a server. */
  readonly answers: ZapAnswer
}

export const noSecurity: Security = {
  kind: 'none',
  userName: '',
  password: null,
  users: [],
  serverKey: '',
  ownKey: null,
  admits: 'listed',
  clients: [],
  denied: [],
  answers: 'by-rules',
}

/** Secrets by their ids. */
export type Secrets = Readonly<Record<string, string>>

/** A security with the secrets that it names. It is in no document. */
export interface SecurityWithSecrets {
  readonly security: Security
  readonly secrets: Secrets
}

export const withoutSecrets: SecurityWithSecrets = { security: noSecurity, secrets: {} }

/** The id of the secret half of a pair. `publicKey` in Z85. */
export const curveSecretId = (publicKey: string): string => `curve:${publicKey}`

/** The ids of the secrets that such a socket is opened with. */
export function secretsOf({ kind, password, users, ownKey }: Security): readonly string[] {
  switch (kind) {
    case 'none':
      return []
    case 'plain-client':
      return password === null ? [] : [password]
    case 'plain-server':
      return users.flatMap((user) => user.password ?? [])
    case 'curve-client':
    case 'curve-server':
      return ownKey === null ? [] : [curveSecretId(ownKey)]
  }
}

/** The ids of all secrets that it names, whatever its kind. */
export const allSecretsOf = ({ password, users, ownKey }: Security): readonly string[] =>
  [password, ...users.map((user) => user.password), ownKey === null ? null : curveSecretId(ownKey)].filter(
    (id) => id !== null,
  )

/** The most characters of what is written as addresses to be refused. */
export const maximumDeniedLength = 20_000
/** The most clients, users and addresses of one server. */
export const maximumRules = 10_000
