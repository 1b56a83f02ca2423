import type { ContrastiveModel } from '../../src/dynamics/contrastive-model.ts';
import { LehrError, show } from '../../src/error.ts';
import { checkKeys } from '../../src/run/plan.ts';
import { logLikelihood, MOST_ENUMERATED, sizeOf, type RbmShape } from './exact.ts';
import { judgedBy, judgeMachine } from './judge.ts';
import { pseudoLogLikelihood } from './pseudo.ts';
import { digestOfArrays } from '../table/digest.ts';
import { padded, Room } from './room.ts';

/** Rows of the visible units of particles: a byte each, 0 or 1, padded to a multiple of 4. */
export interface Fantasies {
  readonly visible: Uint8Array;
}

/** How a machine is learned. */
export interface RbmOptions {
  /** Hidden units. */
  readonly hidden: number;
  /** Deviation of the normal weights it begins with (0.01; biases begin at 0). */
  readonly spread?: number;
  /**
   * The energy that is told: `exact`, the negative mean log-likelihood of the probe rows (a layer of at most 16 units), or `pseudo`, their negative mean
   * pseudo-log-likelihood. Default: exact if a layer has at most 8 units.
   */
  readonly energy?: 'exact' | 'pseudo';
  /** The first so many rows are the probe (200). */
  readonly probe?: number;
  /** Rows × visible, 0 or 1, to choose parameters by; see `judgeMachine` for what they tell. */
  readonly heldOut?: Uint8Array;
  /** Steps between two energies and two looks at the rows held out (100). */
  readonly tell?: number;
  /** `plain`: without WebAssembly; the same bits. */
  readonly kernel?: 'fast' | 'plain';
}

/** Beyond this many configurations of a layer the exact energy is not told unless asked for. */
const CHEAP = 8;
const OPTIONS = ['hidden', 'spread', 'energy', 'probe', 'heldOut', 'tell', 'kernel'];

/**
 * A restricted Boltzmann machine of binary units for `contrastive`: CD-m, or PCD with `persistent`. The hidden units' expectations, not samples of them, make the gradient on
 * both sides (Hinton 2010, "A practical guide to training restricted Boltzmann machines", section 3). Layers are computed in f32. Each `move` draws
 * sixteen words of the run's stream, which seed four generators side by side.
 * @param rows rows × visible, 0 or 1.
 * @throws LehrError `option` for rows that are no whole number of them, or not binary.
 */
export function rbmModel(rows: Uint8Array, visible: number, options: RbmOptions): ContrastiveModel<Fantasies> {
  checkKeys('rbm', options, OPTIONS);
  const { hidden, spread = 0.01, probe = 200, heldOut, tell = 100, kernel = 'fast' } = options;
  for (const [name, value] of Object.entries({ visible, hidden, probe, tell }))
    if (!(Number.isSafeInteger(value) && value >= 1))
      throw new LehrError('option', `rbm: ${name} is ${show(value)}, expected a whole number from 1 on.`);
  if (!(spread >= 0 && spread < Infinity))
    throw new LehrError('option', `rbm: spread is ${show(spread)}, expected a finite number of at least 0.`);
  checkRows('rbm', rows, visible);
  if (heldOut !== undefined) checkRows('rbm: heldOut', heldOut, visible);
  const shape: RbmShape = { visible, hidden };
  const few = Math.min(visible, hidden);
  const energy = options.energy ?? (few <= CHEAP ? 'exact' : 'pseudo');
  if (energy === 'exact' && few > MOST_ENUMERATED)
    throw new LehrError(
      'option',
      `rbm: energy is 'exact' with ${visible} visible and ${hidden} hidden units, expected at most ${MOST_ENUMERATED} of one kind.`,
    );
  const count = rows.length / visible;
  const tested = rows.subarray(0, Math.min(count, probe) * visible);
  const wide = padded(visible);
  // Padded, and looked at four units at a time.
  const words = new Int32Array((count * wide) / 4);
  const data = new Uint8Array(words.buffer);
  for (let row = 0; row < count; row++) data.set(rows.subarray(row * visible, (row + 1) * visible), row * wide);
  let room = new Room(shape, 0, kernel);

  /** Room for so many particles, made anew only if there was less. */
  const roomFor = (particles: number): Room => {
    if (room.most < particles) room = new Room(shape, particles, kernel);
    return room;
  };

  return {
    name: 'rbm',
    fingerprint: {
      visible,
      hidden,
      spread,
      energy,
      rows: count,
      digest: digestOfArrays([rows, ...(heldOut === undefined ? [] : [heldOut])]),
    },
    rows: count,
    size: sizeOf(shape),
    energies: energy === 'exact' ? 'exact' : 'estimate',
    tell,
    init: (rng) => Float64Array.from({ length: sizeOf(shape) }, (_, k) => (k < visible * hidden ? spread * rng.normal() : 0)),
    energy: (parameters) => -(energy === 'exact' ? logLikelihood : pseudoLogLikelihood)(shape, parameters, tested),
    ...(heldOut === undefined
      ? {}
      : { evaluate: (parameters: Float64Array) => judgeMachine(shape, parameters, heldOut), figures: [judgedBy(shape)] }),
    particles: (particles) => ({ visible: new Uint8Array(particles * wide) }),
    place({ visible: to }, order, from, particles) {
      const length = wide / 4;
      const into = new Int32Array(to.buffer, to.byteOffset, particles * length);
      for (let p = 0; p < particles; p++) {
        const row = order[from + p] * length;
        for (let i = 0; i < length; i++) into[p * length + i] = words[row + i];
      }
    },
    move(parameters, { visible: bits }, particles, m, rng) {
      const room = roomFor(particles);
      room.load(parameters);
      room.show(bits, particles);
      room.infer(particles);
      room.walk(particles, m, rng);
      room.copy(bits, particles);
    },
    add(parameters, { visible: bits }, particles, scale, gradient) {
      const room = roomFor(particles);
      room.load(parameters);
      room.show(bits, particles);
      room.infer(particles);
      room.gather(particles, scale);
      room.addTo(gradient);
    },
    contrast(parameters, { visible: bits }, particles, chains, chainCount, m, rng, gradient) {
      const room = roomFor(Math.max(particles, chainCount));
      room.load(parameters);
      room.show(bits, particles);
      room.infer(particles);
      room.gather(particles, 1 / particles);
      const moved = chains === null ? particles : chainCount;
      if (chains !== null) {
        room.show(chains.visible, chainCount);
        room.infer(chainCount);
      }
      room.walk(moved, m, rng);
      room.infer(moved);
      room.copy(chains === null ? bits : chains.visible, moved);
      room.gather(moved, -1 / moved);
      room.deliver(gradient);
    },
  };
}

function checkRows(name: string, rows: Uint8Array, visible: number): void {
  if (rows.length === 0 || rows.length % visible !== 0)
    throw new LehrError('option', `${name}: there are ${rows.length} values, expected rows of ${visible}, at least one.`);
  const odd = rows.findIndex((value) => value > 1);
  if (odd >= 0)
    throw new LehrError(
      'option',
      `${name}: row ${Math.floor(odd / visible)} has ${rows[odd]} at unit ${odd % visible}, expected 0 or 1. Maybe the data must be cut at a threshold.`,
    );
}
