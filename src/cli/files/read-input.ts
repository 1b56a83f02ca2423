import { isUtf8 } from 'node:buffer';
import { createHash } from 'node:crypto';
import { readFileSync, statSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { LehrError } from '../../error.ts';
import { reasonOf } from './output.ts';

/** Beyond this a file is no text that Lehr could hold as one string. */
const LARGEST = 500_000_000;

/** A text file as read: its text, and the SHA-256 of its bytes (unpacked, where they were gzipped). */
export interface InputText {
  readonly text: string;
  readonly sha256: string;
}

/**
 * Reads a text file, gzipped or not.
 * @param what what it is read as, for messages: `the problem`.
 * @throws LehrError `input` that begins with the path: no such file, a directory, empty, too large, not text.
 */
export function readText(path: string, what: string): InputText {
  const bytes = readBytes(path, what);
  if (bytes.subarray(0, 65_536).includes(0))
    throw new LehrError('input', `${path}: the file is binary (it has zero bytes), expected text with ${what}.`);
  return { text: new TextDecoder('utf-8').decode(bytes), sha256: sha256(bytes) };
}

/**
 * The text of bytes in UTF-8. Where texts are compared, a byte that is none must not become a sign that any other bad byte becomes, too.
 * @throws LehrError `input` that begins `path:line: ` for bytes that are not UTF-8.
 */
export function decodeUtf8(bytes: Uint8Array, path: string): string {
  const text = new TextDecoder('utf-8').decode(bytes);
  const bad = text.indexOf('\ufffd');
  // Zero bytes are told of by those who read the text.
  if (bad < 0 || text.includes('\0') || isUtf8(bytes)) return text;
  const line = text.slice(0, bad).split(/\r\n|\n|\r/).length;
  throw new LehrError(
    'input',
    `${path}:${line}: bytes that are not UTF-8, expected text in it. Maybe the file is in Latin-1 or Windows-1252: save it as UTF-8.`,
  );
}

/**
 * Reads the bytes of a file, gzipped or not.
 * @param what what it is read as, for messages.
 * @throws LehrError `input` that begins with the path: no such file, a directory, empty, too large.
 */
export function readBytes(path: string, what: string): Uint8Array {
  const fail = (message: string, cause?: unknown): never => {
    throw new LehrError('input', `${path}: ${message}`, { cause });
  };
  let bytes: Buffer;
  try {
    const stats = statSync(path);
    if (stats.isDirectory()) fail(`it is a directory, expected a file with ${what}.`);
    if (stats.size > LARGEST) fail(`it has ${stats.size} bytes, expected at most ${LARGEST}.`);
    bytes = readFileSync(path);
  } catch (error) {
    if (error instanceof LehrError) throw error;
    return fail(`${reasonOf(error)}, expected a readable file with ${what}.`, error);
  }
  if (bytes.length > LARGEST) fail(`it has ${bytes.length} bytes, expected at most ${LARGEST}.`);
  if (bytes[0] === 0x1f && bytes[1] === 0x8b) {
    try {
      bytes = gunzipSync(bytes, { maxOutputLength: LARGEST });
    } catch (error) {
      fail(`it begins like a gzip file, but cannot be unpacked: ${reasonOf(error)}. Maybe it is cut.`, error);
    }
  }
  if (bytes.length === 0) fail(`the file is empty, expected ${what}.`);
  return bytes;
}

/** SHA-256 in lowercase hexadecimal; of a text, that of its UTF-8 bytes. */
export function sha256(content: string | Uint8Array): string {
  return createHash('sha256').update(content).digest('hex');
}
