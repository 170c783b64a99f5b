import { crc32, deflateRawSync } from "node:zlib";

export interface Zipped {
  name: string;
  data: Uint8Array;
  deflate?: boolean;
  /** In place of what the data really give. */
  packed?: Uint8Array;
  crc?: number;
}

/** A zip archive (PKWARE's APPNOTE, sections 4.3.7, 4.3.12 and 4.3.16), true or as false as asked. */
export function zipOf(entries: readonly Zipped[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let at = 0;
  for (const { name, data, deflate = false, packed, crc } of entries) {
    const body = packed ?? (deflate ? deflateRawSync(data) : data);
    const both = Buffer.alloc(26);
    both.writeUInt16LE(20, 0);
    both.writeUInt16LE(packed || deflate ? 8 : 0, 4);
    both.writeUInt32LE(crc ?? crc32(data), 10);
    both.writeUInt32LE(body.length, 14);
    both.writeUInt32LE(data.length, 18);
    both.writeUInt16LE(name.length, 22);
    const local = Buffer.concat([
      Buffer.from("PK\u0003\u0004"),
      both,
      Buffer.from(name),
      body,
    ]);
    const rest = Buffer.alloc(14);
    rest.writeUInt32LE(at, 10);
    directory.push(
      Buffer.concat([
        Buffer.from("PK\u0001\u0002\u0014\u0000"),
        both,
        rest,
        Buffer.from(name),
      ]),
    );
    locals.push(local);
    at += local.length;
  }
  const size = directory.reduce((sum, { length }) => sum + length, 0);
  const end = Buffer.alloc(22);
  end.write("PK\u0005\u0006", "latin1");
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(size, 12);
  end.writeUInt32LE(at, 16);
  return new Uint8Array(Buffer.concat([...locals, ...directory, end]));
}
