import { LehrError, show } from '../error.ts';
import { difference } from '../dynamics/plain.ts';
import type { RngState } from '../random/rng.ts';
import type { ClockState } from './clock.ts';
import type { Totals } from './ledger.ts';
import type { LegRecord } from './outcome.ts';
import type { StopState } from './stop.ts';

/** The version of the checkpoint format this Lehr writes and reads. */
export const CHECKPOINT_VERSION = 2;

/**
 * A run at a block's end, as plain data (typed arrays included): everything the next block depends on, and no problem. `encodeCheckpoint` makes
 * it text. The fingerprint says which plan it belongs to.
 */
export interface Checkpoint {
  readonly lehr: 'checkpoint';
  readonly version: number;
  readonly fingerprint: unknown;
  /** Index of the current leg, and whether it is over (its record is then the last of `legs`). */
  readonly leg: number;
  readonly over: boolean;
  /** Whether a rule of the whole run has ended it. */
  readonly ended: boolean;
  /** Records of the legs that are over; under restarts of the last one. */
  readonly legs: readonly LegRecord[];
  /** Under restarts: the best of the runs that are over. */
  readonly incumbent: { readonly energy: number; readonly state: unknown } | null;
  readonly clock: ClockState;
  readonly rng: RngState;
  readonly state: unknown;
  readonly memories: unknown;
  readonly block: { readonly [field: string]: unknown };
  readonly rules: readonly [leg: StopState, whole: StopState];
  readonly totals: Totals;
  /** Of `totals`, proposals that have been told of: the next report's acceptance begins there. */
  readonly reported: { readonly proposed: number; readonly accepted: number };
  /** When each measure was last taken, in steps. */
  readonly measured: readonly number[];
}

/** Throws a `checkpoint` error unless the checkpoint is of this version and of a plan with this fingerprint. */
export function checkFingerprint(checkpoint: Checkpoint, fingerprint: unknown): void {
  if (typeof checkpoint !== 'object' || checkpoint === null || checkpoint.lehr !== 'checkpoint') {
    throw new LehrError('checkpoint', `resume: ${show(checkpoint)} is no checkpoint.`);
  }
  if (checkpoint.version !== CHECKPOINT_VERSION) {
    throw new LehrError(
      'checkpoint',
      `resume: the checkpoint has version ${show(checkpoint.version)}, expected ${CHECKPOINT_VERSION}. Maybe another release of Lehr wrote it.`,
    );
  }
  const path = difference(checkpoint.fingerprint, fingerprint);
  if (path !== null) {
    const [was, is] = [at(checkpoint.fingerprint, path), at(fingerprint, path)];
    throw new LehrError(
      'checkpoint',
      `resume: the checkpoint belongs to another run: ${path.replace(/^\./, '')} is ${show(was)} there and ${show(is)} here. Maybe resume with the options it was started with.`,
    );
  }
}

function at(value: unknown, path: string): unknown {
  let here: any = value;
  for (const key of path.match(/[^.[\]]+/g) ?? []) here = here?.[key];
  return here;
}

const TYPES = {
  Int8Array,
  Uint8Array,
  Uint8ClampedArray,
  Int16Array,
  Uint16Array,
  Int32Array,
  Uint32Array,
  Float32Array,
  Float64Array,
  BigInt64Array,
  BigUint64Array,
};

/**
 * Plain data as JSON text: typed arrays become `{ "$array": type, "base64": … }` (little-endian), and numbers JSON lacks
 * `{ "$number": "NaN" }`.
 */
export function encodePlain(value: unknown): string {
  return JSON.stringify(value, (_key, item: unknown) => {
    if (typeof item === 'number' && (!Number.isFinite(item) || Object.is(item, -0)))
      return { $number: Object.is(item, -0) ? '-0' : String(item) };
    if (item === undefined) return { $undefined: true };
    if (ArrayBuffer.isView(item)) {
      const bytes = new Uint8Array(item.buffer, item.byteOffset, item.byteLength);
      let binary = '';
      for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
      return { $array: item.constructor.name, base64: btoa(binary) };
    }
    return item;
  });
}

/** The inverse of `encodePlain`; throws a `checkpoint` error on text it did not write. */
export function decodePlain(text: string): unknown {
  try {
    return JSON.parse(text, (_key, item: any) => {
      if (typeof item !== 'object' || item === null) return item;
      if (typeof item.$number === 'string') return Number(item.$number);
      if (typeof item.$array === 'string') {
        const binary = atob(item.base64 as string);
        const bytes = Uint8Array.from(binary, (c) => c.charCodeAt(0));
        return new TYPES[item.$array as keyof typeof TYPES](bytes.buffer as ArrayBuffer);
      }
      return item;
    });
  } catch (error) {
    throw new LehrError(
      'checkpoint',
      `The checkpoint cannot be read: ${error instanceof Error ? error.message : String(error)}. Maybe the file is cut or was not written by Lehr.`,
    );
  }
}

/** A checkpoint as text. */
export function encodeCheckpoint(checkpoint: Checkpoint): string {
  return encodePlain(checkpoint);
}

/** The checkpoint in a text that `encodeCheckpoint` made; throws a `checkpoint` error for any other. */
export function decodeCheckpoint(text: string): Checkpoint {
  const value = decodePlain(text) as Checkpoint;
  if (typeof value !== 'object' || value === null || value.lehr !== 'checkpoint') {
    throw new LehrError('checkpoint', `The text begins ${show(text.slice(0, 40))}, expected a checkpoint. Maybe it is another file.`);
  }
  return value;
}
