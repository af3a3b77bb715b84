import { elementTypes, maximumColumns } from './codecs/array/elements.ts'
import { encodingIds, viewIds } from './codecs/codec.ts'
import { signingSchema } from './jupyter/signing.ts'
import type { DocumentFormat, Migration } from './kept/document-format.ts'
import { labClients, loopSockets } from './lab/client.ts'
import { labKinds, oneWayPatterns } from './lab/kind.ts'
import { layerIds } from './layers/layer.ts'
import { z } from './schema.ts'
import { plotSchema } from './series/series-schema.ts'
import { socketSpecSchema, timingSchema } from './session/spec-schema.ts'
import { csvColumnsSchema } from './transcript/csv-columns-schema.ts'
import { filterParts, hideable } from './transcript/query.ts'
import { maximumSearchLength } from './transcript/search.ts'
import { watchesSchema } from './watch/watch-schema.ts'
import {
  bottomTabs,
  defaultLabDraft,
  forms,
  maximumColumnWidth,
  maximumFrames,
  maximumHistory,
  maximumLayers,
  maximumNameLength,
  maximumRecentCommands,
  maximumRecentEndpoints,
  maximumSavedFilters,
  minimumColumnWidth,
} from './workspace.ts'

/** Whole milliseconds or counts that fit the 32-bit integers of libzmq's options. */
const int32 = (minimum: number) => z.number().int().min(minimum).max(2_147_483_647)

/** A file too large to edit, sent as it is. The host has its bytes; the file stays where it was. */
const attachmentSchema = z.object({ name: z.string(), size: z.number().int().min(0) })

/** One frame of a draft: what the person typed and how it is to be read. */
export const draftFrameSchema = z.object({
  id: z.string().min(1).max(64),
  encoding: z.enum(encodingIds),
  text: z.string(),
  attachment: attachmentSchema.nullable(),
  /** The full name of Protobuf's message type; null for none. */
  message: z.string().max(1000).nullable().default(null),
})

/** A message as it was written. */
export const messageDraftSchema = z.array(draftFrameSchema).min(1).max(maximumFrames)

/** How frames at one position of a socket's replies are shown, as far as the person chose; null is the usual. */
export const replyViewSchema = z.object({
  /** Forms of compression to open, the outermost first. */
  layers: z.array(z.enum(layerIds)).max(maximumLayers),
  view: z.enum(viewIds).nullable(),
  form: z.enum(forms).nullable(),
  /** The full name of Protobuf's message type. */
  message: z.string().max(1000).nullable(),
  /** How an array is read; absent for the usual. */
  array: z
    .object({
      type: z.enum(elementTypes),
      littleEndian: z.boolean(),
      columns: z.number().int().min(1).max(maximumColumns),
    })
    .optional(),
})

export const socketDraftSchema = socketSpecSchema.extend({
  id: z.string().min(1).max(64),
  /** What the person calls it; empty shows the endpoint. */
  name: z.string().max(maximumNameLength).default(''),
  timeoutMs: int32(1),
  frames: messageDraftSchema,
  repeat: z.object({
    count: int32(1).nullable(),
    intervalMs: int32(0),
    /** Messages a second, in place of the interval; null keeps to that. */
    rate: z.number().positive().max(1_000_000).nullable().default(null),
  }),
  /** The peer that messages go to, where the socket chooses one, as it is written; empty for none. */
  peer: z.string().max(1024).default(''),
  /** How messages are timed that come back; null when they are not. */
  timing: timingSchema.nullable().default(null),
  /** How its messages are signed; null for not at all. */
  signing: signingSchema.nullable().default(null),
  /** What is watched of the messages that it receives. */
  watches: watchesSchema.default([]),
  /** The endpoint that `replyViews` were chosen for; null for any. */
  replyViewsFor: z.string().max(1024).nullable().default(null),
  /** By the frame's position, counted from 0. */
  replyViews: z.record(z.string().regex(/^\d{1,6}$/), replyViewSchema).default({}),
})

/** A message that was sent, as it was written. */
export const sentMessageSchema = z.object({
  /** In milliseconds since the epoch. */
  at: z.number(),
  frames: messageDraftSchema,
})

const typed = z.string().max(40)

/** The form of the latency lab, as it was typed: what is wrong in it is told next to it, and nothing is lost. */
export const labDraftSchema = z.object({
  model: z.enum(['closed', 'open']),
  concurrency: typed,
  /** Requests a second. */
  rate: typed,
  length: z.enum(['duration', 'count']),
  /** Seconds, as are the two below. */
  duration: typed,
  warmUp: typed,
  timeout: typed,
  requests: typed,
  sweep: z.enum(['none', 'size', 'rate', 'sockets', 'inFlight']),
  /** Separated by commas or spaces. */
  sizes: z.string().max(1000),
  rates: z.string().max(1000),
  sockets: z.string().max(1000).default('1, 2, 4, 8, 16, 32, 64'),
  /** Of the closed loop. */
  pattern: z.enum(loopSockets).default('req'),
  /** Requests that a DEALER has under way; below, those of a sweep. */
  inFlight: typed.default('8'),
  inFlights: z.string().max(1000).default('1, 2, 4, 8, 16, 32, 64'),
  client: z.enum(labClients).default('zmtp'),
  workers: typed.default('1'),
  measure: z.enum(labKinds).default('round-trips'),
  /** Of messages that nobody answers, as is all below. */
  pace: z.enum(['fast', 'rate']).default('fast'),
  messageRate: typed.default('10000'),
  /** Of one-way streams, as is all below. */
  oneWay: z.enum(oneWayPatterns).default('push-pull'),
  size: typed.default('64'),
  oneWayEndpoint: z.string().max(1024).default('tcp://127.0.0.1:*'),
})

/** What a view of the log shows. */
export const logViewSchema = z.object({
  text: z.string().max(maximumSearchLength),
  part: z.enum(filterParts).optional(),
  hides: z.array(z.enum(hideable)).max(hideable.length).readonly(),
  /** A session's id; null for all. */
  session: z.string().max(64).nullable(),
})

/** A search that a person has named. */
export const savedFilterSchema = z.object({
  name: z.string().min(1).max(maximumNameLength),
  text: z.string().min(1).max(maximumSearchLength),
})

/** The columns of a table, by their names, as far as a person has changed them. */
export const tableLayoutSchema = z.object({
  /** In pixels. */
  widths: z.record(z.string().max(40), z.number().min(minimumColumnWidth).max(maximumColumnWidth)),
  hidden: z.array(z.string().max(40)).max(100).readonly(),
})

/** The person's sockets and drafts, and how the window is divided: all that is there again after a restart. */
export const workspaceSchema = z.object({
  version: z.literal(7),
  serverEndpoint: z.string().max(1024),
  activeSocket: z.string(),
  sockets: z.array(socketDraftSchema).min(1).max(10_000),
  /** Sizes of the panels in percent, by the name of the group and then of the panel. */
  layouts: z.record(z.string(), z.record(z.string(), z.number())),
  /** The messages that each socket sent last, the newest first. */
  history: z.record(z.string().max(64), z.array(sentMessageSchema).max(maximumHistory)).default({}),
  /** The endpoints used last, the newest first. */
  recentEndpoints: z.array(z.string().max(1024)).max(maximumRecentEndpoints).default([]),
  /** The entries of the palette that were chosen last, the newest first. */
  recentCommands: z.array(z.string().max(100)).max(maximumRecentCommands).default([]),
  /** Whether a part of the window is folded, by its name; absent for the usual. */
  folds: z.record(z.string().max(40), z.boolean()).default({}),
  bottomTab: z.enum(bottomTabs),
  lab: labDraftSchema.default(defaultLabDraft),
  /** By the name of the view; none for those that were not changed. */
  logViews: z.record(z.string().max(100), logViewSchema).optional(),
  /** By the name of the table; none for those that were not changed. */
  tables: z.record(z.string().max(100), tableLayoutSchema).optional(),
  /** The series that are plotted; none before there are some. */
  plot: plotSchema.optional(),
  /** Shared by all sockets and the log; absent for none. */
  savedFilters: z.array(savedFilterSchema).max(maximumSavedFilters).readonly().optional(),
  /** The columns of the last export as CSV, by the id of the socket; absent for none. */
  csvColumns: z.record(z.string().max(64), csvColumnsSchema).optional(),
})

/** Version 2 added names and most of the socket options: the schema gives them their defaults. */
const toVersion2: Migration = (document) => document

const earlierSchema = z.looseObject({
  activeConnection: z.unknown(),
  connections: z.array(z.looseObject({ endpoint: z.unknown() })),
})

/** Version 3 made a socket of each connection, whose kind and endpoints are said. */
const toVersion3: Migration = (document) => {
  const { activeConnection, connections, ...rest } = earlierSchema.parse(document)
  const sockets = connections.map(({ endpoint, ...socket }) => ({
    ...socket,
    pattern: 'req',
    attach: [{ how: 'connect', endpoint }],
    behaviour: null,
  }))
  return { ...rest, activeSocket: activeConnection, sockets }
}

/** Version 4 added sockets of every kind, with subscriptions: the schema gives those before none. */
const toVersion4: Migration = (document) => document

const viewedSchema = z.looseObject({
  sockets: z.array(
    z.looseObject({ replyViews: z.record(z.string(), z.looseObject({ form: z.unknown() })).default({}) }),
  ),
})

/** Version 5 made two forms of `text`: `pretty`, where it is laid out, and `raw`. */
const toVersion5: Migration = (document) => {
  const { sockets, ...rest } = viewedSchema.parse(document)
  const viewed = sockets.map(({ replyViews, ...socket }) => {
    const views = Object.entries(replyViews).map(([position, view]) => [
      position,
      view.form === 'text' ? { ...view, form: 'pretty' } : view,
    ])
    return { ...socket, replyViews: Object.fromEntries(views) }
  })
  return { ...rest, sockets: viewed }
}

/** Version 6 added the messages sent before, the endpoints used last and what is folded: the schema gives those before none. */
const toVersion6: Migration = (document) => document

/** Version 7 added how sockets are secured: the schema gives those before no security. */
const toVersion7: Migration = (document) => document

/** The workspace file. */
export const workspaceFormat: DocumentFormat<z.infer<typeof workspaceSchema>> = {
  migrations: [toVersion2, toVersion3, toVersion4, toVersion5, toVersion6, toVersion7],
  schema: workspaceSchema,
}
