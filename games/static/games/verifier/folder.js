// The files of a proof, out of its zip or one by one, without anything but the browser.

/* oxlint-disable no-await-in-loop -- one file in memory after the other */

import { decode } from "./canonical.js";
import { Unreadable } from "./shape.js";

const MOST = 1024 * 1024 * 1024; // bytes that all of them may take

export class Folder {
  constructor(files) {
    this.files = files;
  }

  /** Of what was chosen or dropped: one zip, or the unpacked files. */
  static async of(chosen) {
    const named = await Promise.all(chosen.map(async (file) => [file.name, new Uint8Array(await file.arrayBuffer())]));
    const [first] = named;
    return new Folder(named.length === 1 && first[1][0] === 0x50 && first[1][1] === 0x4b ? await unzipped(first[1]) : new Map(named));
  }

  has(name) {
    return this.files.has(name);
  }

  octets(name) {
    if (!this.files.has(name)) throw new Unreadable(`${name} is missing or cannot be read`);
    return this.files.get(name);
  }

  document(name) {
    return decode(this.octets(name), name);
  }
}

async function unzipped(data) {
  try {
    return await entries(data);
  } catch (error) {
    if (error instanceof Unreadable) throw error;
    throw new Unreadable("the zip cannot be unpacked");
  }
}

/** By the directory at its end, as every reader of zips does it. */
async function entries(data) {
  const view = new DataView(data.buffer, data.byteOffset, data.byteLength);
  let end = data.length - 22;
  while (end >= 0 && view.getUint32(end, true) !== 0x06054b50) end -= 1;
  if (end < 0) throw new Unreadable("the zip has no directory");
  const files = new Map();
  let place = view.getUint32(end + 16, true);
  let whole = 0;
  for (let count = view.getUint16(end + 10, true); count > 0; count -= 1) {
    const [method, packed, size] = [view.getUint16(place + 10, true), view.getUint32(place + 20, true), view.getUint32(place + 24, true)];
    const [name, extra, comment] = [28, 30, 32].map((at) => view.getUint16(place + at, true));
    const local = view.getUint32(place + 42, true);
    const path = new TextDecoder().decode(data.subarray(place + 46, place + 46 + name));
    const start = local + 30 + view.getUint16(local + 26, true) + view.getUint16(local + 28, true);
    whole += size;
    if (whole > MOST) throw new Unreadable("the zip is too large");
    const unpacked = await inflated(data.subarray(start, start + packed), method);
    if (unpacked.length !== size) throw new Unreadable(`${path} is damaged`);
    if (!path.endsWith("/")) files.set(path.split("/").at(-1), unpacked);
    place += 46 + name + extra + comment;
  }
  return files;
}

async function inflated(data, method) {
  if (method === 0) return data;
  if (method !== 8) throw new Unreadable("the zip is packed in a way that this page does not know");
  const stream = new Blob([data]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
