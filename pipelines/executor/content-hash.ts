import { createHash, type Hash } from 'node:crypto';

/**
 * sha256 of a value that can be structured-cloned: the same for the same contents whatever the order of keys, another one where
 * anything in it differs. O(bytes).
 */
export function contentHash(value: unknown): string {
  const hash = createHash('sha256');
  feed(hash, value);
  return hash.digest('hex');
}

function feed(hash: Hash, value: unknown): void {
  if (ArrayBuffer.isView(value)) {
    hash.update(`${value.constructor.name} ${value.byteLength};`);
    hash.update(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
  } else if (Array.isArray(value)) {
    hash.update(`list ${value.length};`);
    for (const item of value) feed(hash, item);
  } else if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
    hash.update(`record ${entries.length};`);
    for (const [key, item] of entries) {
      feed(hash, key);
      feed(hash, item);
    }
  } else {
    const text = String(value);
    hash.update(`${typeof value} ${text.length} ${text};`);
  }
}
