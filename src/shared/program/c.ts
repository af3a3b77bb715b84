import type { Frame } from '../message.ts'
import { encodeUtf8 } from '../utf8.ts'
import { cParts, cText } from './c-literals.ts'
import {
  braces,
  closingNote,
  delimiterNote,
  factsOf,
  indented,
  joined,
  type Language,
  type Lines,
  partsOf,
  quoted,
  silence,
  spaced,
  typeOf,
  type Words,
  within,
} from './language.ts'
import type { LibraryOption } from './library-options.ts'
import { numberParts } from './literals.ts'
import type { Plan } from './plan.ts'
import { cSecurity } from './security/c.ts'
import { secretReaderOf } from './security.ts'

const by = '  '

/** Some compilers take no longer literal, in bytes. */
const longestLiteral = 16_000

/** Two arguments: where the bytes are, and how many. */
const literal = (frame: Frame): Lines => joined(quoted(cParts(frame)), ['BYTES(', ')'], by)

function option(name: string, { value }: LibraryOption): string {
  if (typeof value === 'string') {
    return `check(zmq_setsockopt(socket, ZMQ_${name}, ${literal(encodeUtf8(value)).join('')}));`
  }
  return name === 'MAXMSGSIZE' ? `set_size(socket, ZMQ_${name}, ${value});` : set(name, Number(value))
}

const set = (name: string, value: number): string => `set(socket, ZMQ_${name}, ${value});`

const words: Words = {
  label: 'C',
  extension: 'c',
  library: 'libzmq',
  install: 'C99 with libzmq 4.2 or newer: cc program.c -lzmq',
  comment: '//',
  isLibzmq: true,
  by,
  literal,
  text: cText,
  open: ({ pattern }) => [
    'void *context = zmq_ctx_new();',
    `void *socket = zmq_socket(context, ZMQ_${typeOf(pattern)});`,
    'check(socket ? 0 : -1);',
  ],
  security: cSecurity(cText),
  option,
  timeout: (milliseconds) => set('RCVTIMEO', milliseconds),
  attach: (how, endpoint) => `check(zmq_${how}(socket, ${endpoint}));`,
  subscribe: (topic) => within('check(zmq_setsockopt(socket, ZMQ_SUBSCRIBE, ', topic, '));'),
  sendFrame: (frame) => within('check(zmq_send(socket, ', frame, ', 0));'),
  wait: (milliseconds) => `zmq_poll(NULL, 0, ${milliseconds});`,
  send: 'send_message(socket);',
  answers: {
    none: ['send_message(socket);'],
    peer: ['check(zmq_msg_send(&lead[0], socket, ZMQ_SNDMORE));', 'send_message(socket);'],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'int delimiter = frame_count > 2 && zmq_msg_size(&lead[1]) == 0;',
      'check(zmq_msg_send(&lead[0], socket, ZMQ_SNDMORE));',
      'if (delimiter) check(zmq_msg_send(&lead[1], socket, ZMQ_SNDMORE));',
      'send_message(socket);',
    ],
  },
  receive: {
    one: 'receive(socket);',
    all: ['while (receive(socket)) {', '}'],
    head: (isRepeated, lead) => [
      ...(lead === 'none' ? [] : ['zmq_msg_init(&lead[0]);', 'zmq_msg_init(&lead[1]);']),
      `${isRepeated ? 'while' : 'if'} (receive(socket))`,
    ],
    ifNotEmpty: 'if (last_size > 0)',
  },
  block: braces(by),
}

/** Text and bytes in quotes: what is no printable ASCII is shown as C writes it. */
const showing: Lines = [
  'static void show(const unsigned char *bytes, size_t size) {',
  '  fputs("  \\"", stdout);',
  '  for (size_t index = 0; index < size; index++) {',
  "    int plain = bytes[index] >= ' ' && bytes[index] <= '~' && bytes[index] != '\"' && bytes[index] != '\\\\';",
  '    printf(plain ? "%c" : "\\\\%03o", bytes[index]);',
  '  }',
  '  puts("\\"");',
  '}',
]

function receiving(plan: Plan): Lines {
  const keeps = factsOf(plan).answersPeers
  return [
    ...(keeps
      ? [
          '/* The first frames of the message received last, how many it had, and the size of the last. */',
          'static zmq_msg_t lead[2];',
          'static size_t frame_count, last_size;',
          '',
        ]
      : []),
    '/* Prints the next message. Returns 0 when none comes in time. */',
    'static int receive(void *socket) {',
    ...indented(
      [
        'int index = 0, more = 1;',
        'for (; more; index++) {',
        ...indented(
          [
            'zmq_msg_t frame;',
            'check(zmq_msg_init(&frame));',
            'int size = zmq_msg_recv(&frame, socket, 0);',
            ...(plan.receiveTimeoutMs === null
              ? []
              : [
                  'if (size == -1 && zmq_errno() == EAGAIN) {',
                  `  puts("${silence(plan.receiveTimeoutMs)}");`,
                  '  zmq_msg_close(&frame);',
                  '  return 0;',
                  '}',
                ]),
            'check(size);',
            'if (index == 0) puts("Received:");',
            'show(zmq_msg_data(&frame), zmq_msg_size(&frame));',
            'more = zmq_msg_more(&frame);',
            ...(keeps
              ? ['last_size = zmq_msg_size(&frame);', 'if (index < 2) check(zmq_msg_move(&lead[index], &frame));']
              : []),
            'zmq_msg_close(&frame);',
          ],
          by,
        ),
        '}',
        ...(keeps ? ['frame_count = (size_t)index;'] : []),
        'fflush(stdout);',
        'return 1;',
      ],
      by,
    ),
    '}',
  ]
}

const isLong = (frame: Frame): boolean => frame.byteLength > longestLiteral

function messageOf({ message }: Plan): Lines {
  if (message === null) return []
  const arrays = message.flatMap((frame, index) =>
    isLong(frame)
      ? [`static const unsigned char frame_${index + 1}[] = {`, ...indented(numberParts(frame), by), '};', '']
      : [],
  )
  const frames = message.flatMap((frame, index) =>
    isLong(frame) ? [`{frame_${index + 1}, sizeof frame_${index + 1}},`] : within('{', literal(frame), '},'),
  )
  return [
    ...arrays,
    'static const struct { const void *bytes; size_t size; } message[] = {',
    ...indented(frames, by),
    '};',
    '',
    'static void send_message(void *socket) {',
    '  size_t count = sizeof message / sizeof message[0];',
    '  for (size_t index = 0; index < count; index++) {',
    '    check(zmq_send(socket, message[index].bytes, message[index].size, index + 1 < count ? ZMQ_SNDMORE : 0));',
    '  }',
    '}',
  ]
}

const checking: Lines = [
  '/* The bytes of a literal, and how many: it may have zero bytes in it. */',
  '#define BYTES(literal) literal, sizeof(literal) - 1',
  '',
  'static void check(int result) {',
  '  if (result != -1) return;',
  '  fprintf(stderr, "%s\\n", zmq_strerror(zmq_errno()));',
  '  exit(1);',
  '}',
]

const setting = (name: string, type: string): Lines => [
  `static void ${name}(void *socket, int option, ${type} value) {`,
  '  check(zmq_setsockopt(socket, option, &value, sizeof value));',
  '}',
]

const settingText: Lines = [
  'static void set_text(void *socket, int option, const char *value) {',
  '  check(zmq_setsockopt(socket, option, value, strlen(value)));',
  '}',
]

/** Whether security takes a text that is no literal. */
const setsText = (kind: Plan['security']['kind']): boolean => kind !== 'none' && kind !== 'plain-server'

/** The helpers that set options, where they are used: a compiler warns of others. */
function settingsOf({ options, receiveTimeoutMs, security: { kind } }: Plan): Lines {
  const isSize = ({ libzmq }: LibraryOption) => libzmq === 'MAXMSGSIZE'
  const numbers = options.filter((each) => each.libzmq !== null && typeof each.value !== 'string' && !isSize(each))
  return spaced(
    numbers.length > 0 || receiveTimeoutMs !== null || kind.endsWith('-server') ? setting('set', 'int') : [],
    options.some(isSize) ? setting('set_size', 'int64_t') : [],
    setsText(kind) ? settingText : [],
  )
}

export const c: Language = {
  ...words,
  write(plan) {
    const { receives } = factsOf(plan)
    const { opening, steps } = partsOf(plan, words)
    const close = [...closingNote(plan, '//'), 'zmq_close(socket);', 'zmq_ctx_term(context);', 'return 0;']
    return spaced(
      [
        '#include <errno.h>',
        '#include <stdint.h>',
        '#include <stdio.h>',
        '#include <stdlib.h>',
        ...(setsText(plan.security.kind) ? ['#include <string.h>'] : []),
        '#include <zmq.h>',
      ],
      checking,
      settingsOf(plan),
      secretReaderOf(plan.security, words.security),
      messageOf(plan),
      receives ? showing : [],
      receives ? receiving(plan) : [],
      ['int main(void) {', ...indented(spaced(opening, ...steps, close), by), '}'],
    ).join('\n')
  },
}
