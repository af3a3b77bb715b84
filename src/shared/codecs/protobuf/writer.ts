import { varintBytes } from './varint.ts'

/** Bytes that grow at the end. A length precedes its content, and is inserted once known. */
export class ByteWriter {
  #bytes = new Uint8Array(256)
  #length = 0

  get length(): number {
    return this.#length
  }

  bytes(bytes: Uint8Array): void {
    this.#makeRoom(bytes.length)
    this.#bytes.set(bytes, this.#length)
    this.#length += bytes.length
  }

  varint(value: bigint, excess = 0): void {
    this.bytes(varintBytes(value, excess))
  }

  tag(number: number, wireType: number, excess = 0): void {
    this.varint(BigInt(number) * 8n + BigInt(wireType), excess)
  }

  fixed32(value: bigint): void {
    this.#makeRoom(4)
    this.#view().setUint32(this.#length, Number(BigInt.asUintN(32, value)), true)
    this.#length += 4
  }

  fixed64(value: bigint): void {
    this.#makeRoom(8)
    this.#view().setBigUint64(this.#length, BigInt.asUintN(64, value), true)
    this.#length += 8
  }

  float(value: number): void {
    this.#makeRoom(4)
    this.#view().setFloat32(this.#length, value, true)
    this.#length += 4
  }

  double(value: number): void {
    this.#makeRoom(8)
    this.#view().setFloat64(this.#length, value, true)
    this.#length += 8
  }

  /** Inserts the length of everything written since `start`. */
  insertLength(start: number, excess = 0): void {
    this.#insert(start, varintBytes(BigInt(this.#length - start), excess))
  }

  insertTag(start: number, number: number, wireType: number): void {
    this.#insert(start, varintBytes(BigInt(number) * 8n + BigInt(wireType)))
  }

  finish(): Uint8Array {
    return this.#bytes.slice(0, this.#length)
  }

  #insert(start: number, prefix: Uint8Array): void {
    this.#makeRoom(prefix.length)
    this.#bytes.copyWithin(start + prefix.length, start, this.#length)
    this.#bytes.set(prefix, start)
    this.#length += prefix.length
  }

  #view(): DataView {
    return new DataView(this.#bytes.buffer)
  }

  #makeRoom(count: number): void {
    if (this.#length + count <= this.#bytes.length) return
    const larger = new Uint8Array(Math.max(this.#bytes.length * 2, this.#length + count))
    larger.set(this.#bytes.subarray(0, this.#length))
    this.#bytes = larger
  }
}
