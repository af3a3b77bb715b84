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
import type { Plan } from './plan.ts'
import { cppSecurity } from './security/cpp.ts'
import { readsSecret, secretReaderOf } from './security.ts'

const by = '  '

/** Some compilers take no longer literal: so many lines make one. */
const linesOfLiteral = 100

/** A std::string, which may have zero bytes in it. */
function literal(frame: Frame): Lines {
  const parts = quoted(cParts(frame)).map((part, index, { length }) => {
    if (index === length - 1) return `${part}s`
    return (index + 1) % linesOfLiteral === 0 ? `${part}s +` : part
  })
  return joined(parts, ['', ''], '').filter((line) => line !== '')
}

function valueIn({ libzmq, value }: LibraryOption): string {
  if (typeof value === 'string') return literal(encodeUtf8(value)).join(' ')
  return libzmq === 'MAXMSGSIZE' ? `int64_t{${value}}` : String(value)
}

const words: Words = {
  label: 'C++',
  extension: 'cpp',
  library: 'cppzmq',
  install: 'C++17 with cppzmq 4.7 or newer and libzmq: c++ -std=c++17 program.cpp -lzmq',
  comment: '//',
  isLibzmq: true,
  by,
  literal,
  text: cText,
  open: ({ pattern }) => [
    'zmq::context_t context;',
    `zmq::socket_t socket(context, zmq::socket_type::${typeOf(pattern).toLowerCase()});`,
  ],
  security: cppSecurity((value) => `${cText(value)}s`),
  option: (name, given) =>
    name === 'BINDTODEVICE' ? null : `socket.set(zmq::sockopt::${name.toLowerCase()}, ${valueIn(given)});`,
  timeout: (milliseconds) => `socket.set(zmq::sockopt::rcvtimeo, ${milliseconds});`,
  attach: (how, endpoint) => `socket.${how}(${endpoint});`,
  subscribe: (topic) => within('socket.set(zmq::sockopt::subscribe, ', topic, ');'),
  sendFrame: (frame) => within('send(socket, {', frame, '});'),
  wait: (milliseconds) => `std::this_thread::sleep_for(std::chrono::milliseconds(${milliseconds}));`,
  send: 'send(socket, message);',
  answers: {
    none: ['send(socket, message);'],
    peer: [
      'frames.resize(1);',
      'frames.insert(frames.end(), message.begin(), message.end());',
      'send(socket, frames);',
    ],
    'peer-and-delimiter': [
      `// ${delimiterNote}`,
      'frames.resize(frames.size() > 2 && frames[1].empty() ? 2 : 1);',
      'frames.insert(frames.end(), message.begin(), message.end());',
      'send(socket, frames);',
    ],
  },
  receive: {
    one: 'receive(socket);',
    all: ['while (!receive(socket).empty()) {', '}'],
    head: (isRepeated) => [
      isRepeated
        ? 'for (auto frames = receive(socket); !frames.empty(); frames = receive(socket))'
        : 'if (auto frames = receive(socket); !frames.empty())',
    ],
    ifNotEmpty: 'if (!frames.back().empty())',
  },
  block: braces(by),
}

const sending: Lines = [
  'static void send(zmq::socket_t &socket, const std::vector<std::string> &frames) {',
  '  for (size_t index = 0; index < frames.size(); index++) {',
  '    const bool more = index + 1 < frames.size();',
  '    socket.send(zmq::buffer(frames[index]), more ? zmq::send_flags::sndmore : zmq::send_flags::none);',
  '  }',
  '}',
]

const receiving = ({ receiveTimeoutMs }: Plan): Lines => [
  '// Prints the next message, and returns its frames; none when none comes in time.',
  'static std::vector<std::string> receive(zmq::socket_t &socket) {',
  ...indented(
    [
      'std::vector<zmq::message_t> received;',
      'if (!zmq::recv_multipart(socket, std::back_inserter(received))) {',
      ...(receiveTimeoutMs === null ? [] : [`  std::puts("${silence(receiveTimeoutMs)}");`]),
      '  return {};',
      '}',
      'std::vector<std::string> frames;',
      'std::puts("Received:");',
      'for (const auto &frame : received) {',
      '  frames.push_back(frame.to_string());',
      '  show(frames.back());',
      '}',
      'std::fflush(stdout);',
      'return frames;',
    ],
    by,
  ),
  '}',
]

const showing: Lines = [
  'static void show(const std::string &frame) {',
  '  std::fputs("  \\"", stdout);',
  '  for (const unsigned char byte : frame) {',
  "    const bool plain = byte >= ' ' && byte <= '~' && byte != '\"' && byte != '\\\\';",
  '    std::printf(plain ? "%c" : "\\\\%03o", byte);',
  '  }',
  '  std::puts("\\"");',
  '}',
]

const messageOf = ({ message }: Plan): Lines =>
  message === null
    ? []
    : [
        'const std::vector<std::string> message{',
        ...message.flatMap((frame) => indented(within('', literal(frame), ','), by)),
        '};',
      ]

export const cpp: Language = {
  ...words,
  write(plan) {
    const { receives, waits } = factsOf(plan)
    const { opening, steps } = partsOf(plan, words)
    const sends = plan.message !== null || plan.subscriptions.how === 'message'
    return spaced(
      [
        ...(waits ? ['#include <chrono>'] : []),
        '#include <cstdio>',
        ...(readsSecret(plan.security, words.security) ? ['#include <cstdlib>'] : []),
        '#include <iterator>',
        '#include <string>',
        ...(waits ? ['#include <thread>'] : []),
        '#include <vector>',
        '#include <zmq.hpp>',
        '#include <zmq_addon.hpp>',
      ],
      ['using namespace std::string_literals;'],
      secretReaderOf(plan.security, words.security),
      sends ? sending : [],
      receives ? showing : [],
      receives ? receiving(plan) : [],
      ['int main() {', ...indented(spaced(opening, messageOf(plan), ...steps, closingNote(plan, '//')), by), '}'],
    ).join('\n')
  },
}
