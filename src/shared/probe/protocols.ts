/** What else than ZeroMQ may answer, as people call it. */
export const foreignProtocols = {
  http: 'HTTP',
  http2: 'HTTP/2',
  tls: 'TLS',
  ssh: 'SSH',
  redis: 'Redis',
  postgresql: 'PostgreSQL',
  mysql: 'MySQL or MariaDB',
  smtp: 'SMTP',
  ftp: 'FTP',
  'ftp-or-smtp': 'FTP or SMTP',
  pop3: 'POP3',
  imap: 'IMAP',
  mqtt: 'MQTT',
  amqp: 'AMQP',
  nats: 'NATS',
  memcached: 'Memcached',
  telnet: 'Telnet',
  vnc: 'VNC',
  text: 'a text protocol',
} as const

export type ForeignProtocol = keyof typeof foreignProtocols

/**
 * Servers that close a connection without a word when what comes is not theirs, by the port that they usually have. Only
 * a hint: anything may listen there.
 */
export const usuallyAt: Readonly<Record<number, string>> = {
  1883: 'an MQTT broker',
  5432: 'PostgreSQL',
  8883: 'an MQTT broker',
  9092: 'Kafka',
  9042: 'Cassandra',
  27017: 'MongoDB',
}
