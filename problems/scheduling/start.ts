import { expMinus } from '../../src/dynamics/exp.ts';
import type { Machine } from './machine.ts';

/** Scales that are tried: of slack in mean processing times, and of setups in mean setup times. Ours; the rule's authors estimate one good pair. */
const SLACK = [0.5, 1, 2, 4, 8];
const SETUP = [0.1, 0.3, 1, 3];

/**
 * A sequence by a dispatching rule: whenever the machine is free, the job of highest priority follows, w/p e^(−slack / (k₁ p̄)) e^(−setup / (k₂ s̄)),
 * slack = max(0, d − p − now). This is apparent tardiness cost with setups (Lee, Bhaskaran and Pinedo 1997; the citation is from memory and unverified),
 * without setups the last factor is missing. The scales k₁, k₂ are tried on a small grid, and the best sequence is taken.
 * @returns kernel numbers in order.
 */
export function ruleOrder(machine: Machine): Int32Array {
  const { n, time, stride } = machine;
  // The shortest time of a job stands for its processing: the instance's own is not kept apart, and a constant in all its setups is processing in effect.
  const shortest = new Float64Array(n);
  let setups = 0;
  let processing = 0;
  for (let j = 0; j < n; j++) {
    let least = Infinity;
    let total = 0;
    const rows = stride === 0 ? 1 : n + 1;
    for (let i = 0; i < rows; i++) {
      if (i === j && stride !== 0) continue;
      least = Math.min(least, time[i * stride + j]);
      total += time[i * stride + j];
    }
    shortest[j] = least;
    processing += least / n;
    setups += (total / Math.max(1, stride === 0 ? 1 : n) - least) / n;
  }
  let best = new Int32Array(n);
  let bestEnergy = Infinity;
  for (const slack of SLACK) {
    for (const setup of setups > 0 ? SETUP : [1]) {
      const order = new Int32Array(n);
      const energy = dispatch(machine, shortest, slack * processing, setup * setups, order);
      if (energy < bestEnergy) {
        bestEnergy = energy;
        best = order;
      }
    }
  }
  return best;
}

/** Fills `order` by the rule with the given scales; ties go to the earlier due date. @returns its weighted tardiness. */
function dispatch(
  { n, time, stride, weight, due }: Machine,
  shortest: Float64Array,
  slackScale: number,
  setupScale: number,
  order: Int32Array,
): number {
  const left = Int32Array.from({ length: n }, (_, j) => j);
  let last = n;
  let clock = 0;
  let energy = 0;
  for (let k = 0; k < n; k++) {
    let chosen = 0;
    let highest = -1;
    for (let l = 0; l < n - k; l++) {
      const j = left[l];
      const slack = due[j] - shortest[j] - clock;
      let priority = weight[j] / Math.max(shortest[j], 1);
      if (slack > 0 && slackScale > 0) priority *= expMinus(slack / slackScale);
      if (setupScale > 0) priority *= expMinus((time[last * stride + j] - shortest[j]) / setupScale);
      if (priority > highest || (priority === highest && due[j] < due[left[chosen]])) {
        highest = priority;
        chosen = l;
      }
    }
    const job = left[chosen];
    left[chosen] = left[n - k - 1];
    order[k] = job;
    clock += time[last * stride + job];
    last = job;
    energy += weight[job] * Math.max(0, clock - due[job]);
  }
  return energy;
}
