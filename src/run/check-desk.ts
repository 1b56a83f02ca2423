import type { Desk } from '../dynamics/desk.ts';
import type { Model, Weights } from '../dynamics/model.ts';
import { difference } from '../dynamics/plain.ts';
import { show } from '../error.ts';

type Fail = (message: string) => never;

/** As many moments as an optimiser may well ask for. */
const MOMENTS = 3;

/**
 * Tries a model's `desk`, if it has one: it is one, its arrays are of the model's kind and size and share no memory; gradients taken there have the bits of those taken elsewhere, whatever
 * other state sat there before; and held-out data that are asked meanwhile leave what lies on it alone.
 * @param weights one state; the other is made of it.
 */
export function checkDesk<W extends Weights>(model: Model<W, any>, weights: W, rows: Int32Array, at: string, fail: Fail): void {
  const desk = model.desk?.(0) ?? null;
  if (desk === null) return;
  checkArrays(model, desk, weights, fail);
  const other = weights.map((weight, i) => 0.5 * weight + (i % 2 === 0 ? 0.1 : -0.1)) as W;
  // In turns, so that whatever is kept from the state before would show.
  for (const [turn, state] of [weights, other, weights].entries()) {
    const [there, elsewhere] = [desk.gradient.fill(5), weights.slice().fill(7) as W];
    desk.weights.set(state);
    for (const moment of desk.moments) moment.fill(turn + 1);
    const loss = model.gradient(desk.weights, rows, 0, rows.length, there as W);
    const where = `${at}, in turn ${turn + 1} at the desk,`;
    checkUntouched(desk, state, turn + 1, `${where} gradient`, fail);
    const gradient = there.slice() as W;
    const asked = model.gradient(state, rows, 0, rows.length, elsewhere);
    if (!Object.is(loss, asked)) fail(`${where} the loss is ${loss}, but elsewhere ${asked}. Maybe it was computed of other weights.`);
    const path = difference(elsewhere, gradient);
    if (path !== null) fail(`${where} the gradient at ${path} is not what it is elsewhere. Maybe something of the state before is kept.`);
    if (model.evaluate === undefined) continue;
    desk.weights.set(state);
    desk.gradient.set(gradient);
    model.evaluate(weights === state ? other : weights);
    checkUntouched(desk, state, turn + 1, `${where} evaluate of weights elsewhere`, fail);
    const moved = difference(gradient, desk.gradient);
    if (moved !== null) fail(`${where} evaluate changes the gradient at ${moved}, which a step on the full batch still needs.`);
  }
}

function checkArrays<W extends Weights>(model: Model<W, any>, desk: Desk<W>, weights: W, fail: Fail): void {
  for (let moments = 0; moments <= MOMENTS; moments++) {
    const again = model.desk!(moments);
    if (again === null) continue;
    if (again !== desk) fail('desk hands out another desk when it is asked again, expected one.');
    if (again.moments.length < moments)
      fail(`the desk has ${again.moments.length} moments where ${moments} were asked for, expected null.`);
  }
  const arrays: [string, W][] = [
    ['weights', desk.weights],
    ['gradient', desk.gradient],
    ...desk.moments.map((moment, i): [string, W] => [`moment ${i}`, moment]),
  ];
  for (const [name, array] of arrays) {
    if (array?.constructor !== weights.constructor || array.length !== weights.length)
      fail(`the desk's ${name} is ${show(array)}, expected a ${weights.constructor.name} of size = ${weights.length}.`);
  }
  const places = arrays.map(([, { buffer, byteOffset, byteLength }]) => ({ buffer, from: byteOffset, to: byteOffset + byteLength }));
  places.forEach((one, i) => {
    const clash = places.findIndex((two, j) => j > i && one.buffer === two.buffer && one.from < two.to && two.from < one.to);
    if (clash >= 0) fail(`the desk's arrays ${arrays[i][0]} and ${arrays[clash][0]} share memory.`);
  });
}

function checkUntouched<W extends Weights>(desk: Desk<W>, state: W, moment: number, who: string, fail: Fail): void {
  const path = difference(state, desk.weights);
  if (path !== null) fail(`${who} changes the weights at ${path} of the desk.`);
  if (desk.moments.some((each) => each.some((value) => value !== moment))) fail(`${who} changes the moments of the desk.`);
}
