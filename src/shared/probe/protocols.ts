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
  443: 'HTTPS',
  465: 'SMTP over TLS',
  636: 'LDAP over TLS',
  993: 'IMAP over TLS',
  995: 'POP3 over TLS',
  1883: 'an MQTT broker',
  5432: 'PostgreSQL',
  5671: 'AMQP over TLS',
  8443: 'HTTPS',
  8883: 'MQTT over TLS',
  9042: 'Cassandra',
  9092: 'Kafka',
  27017: 'MongoDB',
}
