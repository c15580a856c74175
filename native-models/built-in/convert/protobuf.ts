// Runs where the built-in pack is made: writes protobuf messages, the little of it that ONNX needs.

/** A protobuf message being written, field by field. */
export class Message {
  readonly #parts: Uint8Array[] = [];

  /** A whole number; negative ones take ten bytes, as protobuf has it. */
  int(field: number, value: number | bigint): this {
    return this.#varint(BigInt(field) << 3n).#varint(BigInt(value));
  }

  bytes(field: number, value: Uint8Array): this {
    this.#varint((BigInt(field) << 3n) | 2n).#varint(BigInt(value.length));
    this.#parts.push(value);
    return this;
  }

  string(field: number, text: string): this {
    return this.bytes(field, Buffer.from(text, 'utf8'));
  }

  message(field: number, inner: Message): this {
    return this.bytes(field, inner.toBytes());
  }

  toBytes(): Uint8Array {
    return Buffer.concat(this.#parts);
  }

  #varint(value: bigint): this {
    let rest = BigInt.asUintN(64, value);
    const bytes: number[] = [];
    do {
      const low = Number(rest & 0x7fn);
      rest >>= 7n;
      bytes.push(rest === 0n ? low : low | 0x80);
    } while (rest !== 0n);
    this.#parts.push(Uint8Array.from(bytes));
    return this;
  }
}
