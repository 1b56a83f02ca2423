// Steps of optimisers in f32 arrays with SIMD, in AssemblyScript: `npm run build:kernels` compiles this into src/dynamics/optimizers/steps-wasm.ts. Addresses are in bytes.
// Two weights at a time are taken to f64, reckoned with there in the order of the plain loops in src/dynamics/optimizers, and rounded when they are stored, as a
// Float32Array rounds: the same bits.

/** Two numbers of an array, and where they go back to; one at the end of an odd length. */
// @ts-ignore: a decorator
@inline
function get(at: usize, two: bool): v128 {
  return f64x2.promote_low_f32x4(two ? v128.load64_zero(at) : v128.load32_zero(at));
}

// @ts-ignore: a decorator
@inline
function put(at: usize, two: bool, values: v128): void {
  const rounded = f32x4.demote_f64x2_zero(values);
  if (two) v128.store64_lane(at, rounded, 0);
  else v128.store32_lane(at, rounded, 0);
}

/** g + l2 · w. */
// @ts-ignore: a decorator
@inline
function pull(w: usize, g: usize, two: bool, l2: v128): v128 {
  return f64x2.add(get(g, two), f64x2.mul(l2, get(w, two)));
}

// @ts-ignore: a decorator
@inline
function descend(w: usize, g: usize, two: bool, rate: v128): void {
  put(w, two, f64x2.sub(get(w, two), f64x2.mul(rate, get(g, two))));
}

// @ts-ignore: a decorator
@inline
function descendRegularised(w: usize, g: usize, two: bool, rate: v128, l2: v128): void {
  put(w, two, f64x2.sub(get(w, two), f64x2.mul(rate, pull(w, g, two, l2))));
}

/** Stochastic gradient descent; an L2 of 0 is left out, as it is in the plain loop. */
export function sgd(w: usize, g: usize, n: i32, rate: f64, l2: f64): void {
  const rates = f64x2.splat(rate);
  const end = w + ((n & ~1) << 2);
  if (l2 == 0) {
    for (; w < end; w += 8, g += 8) descend(w, g, true, rates);
    if (n & 1) descend(w, g, false, rates);
  } else {
    const pulls = f64x2.splat(l2);
    for (; w < end; w += 8, g += 8) descendRegularised(w, g, true, rates, pulls);
    if (n & 1) descendRegularised(w, g, false, rates, pulls);
  }
}

// @ts-ignore: a decorator
@inline
function roll(w: usize, g: usize, v: usize, two: bool, rate: v128, keep: v128, l2: v128, ahead: bool): void {
  const slope = pull(w, g, two, l2);
  const speed = f64x2.add(f64x2.mul(keep, get(v, two)), slope);
  put(v, two, speed);
  put(w, two, f64x2.sub(get(w, two), f64x2.mul(rate, ahead ? f64x2.add(slope, f64x2.mul(keep, speed)) : speed)));
}

/** Momentum; `ahead`: Nesterov's. */
export function heavy(w: usize, g: usize, v: usize, n: i32, rate: f64, keep: f64, l2: f64, ahead: bool): void {
  const rates = f64x2.splat(rate);
  const keeps = f64x2.splat(keep);
  const pulls = f64x2.splat(l2);
  const end = w + ((n & ~1) << 2);
  for (; w < end; w += 8, g += 8, v += 8) roll(w, g, v, true, rates, keeps, pulls, ahead);
  if (n & 1) roll(w, g, v, false, rates, keeps, pulls, ahead);
}

// @ts-ignore: a decorator
@inline
function gather(w: usize, g: usize, s: usize, two: bool, rate: v128, eps: v128, l2: v128): void {
  const slope = pull(w, g, two, l2);
  const sum = f64x2.add(get(s, two), f64x2.mul(slope, slope));
  put(s, two, sum);
  const size = f64x2.add(f64x2.sqrt(sum), eps);
  const old = get(w, two);
  const moved = f64x2.sub(old, f64x2.div(f64x2.mul(rate, slope), size));
  put(w, two, v128.bitselect(moved, old, f64x2.gt(size, f64x2.splat(0))));
}

/** AdaGrad. */
export function adagrad(w: usize, g: usize, s: usize, n: i32, rate: f64, eps: f64, l2: f64): void {
  const rates = f64x2.splat(rate);
  const least = f64x2.splat(eps);
  const pulls = f64x2.splat(l2);
  const end = w + ((n & ~1) << 2);
  for (; w < end; w += 8, g += 8, s += 8) gather(w, g, s, true, rates, least, pulls);
  if (n & 1) gather(w, g, s, false, rates, least, pulls);
}

// @ts-ignore: a decorator
@inline
function average(at: usize, two: bool, keep: f64, value: v128): v128 {
  const mean = f64x2.add(f64x2.mul(f64x2.splat(keep), get(at, two)), value);
  put(at, two, mean);
  return mean;
}

// @ts-ignore: a decorator
@inline
function root(
  w: usize,
  g: usize,
  s: usize,
  m: usize,
  v: usize,
  two: bool,
  rate: f64,
  alpha: f64,
  eps: f64,
  keep: f64,
  l2: f64,
  centred: bool,
): void {
  const rest = f64x2.splat(1 - alpha);
  const slope = pull(w, g, two, f64x2.splat(l2));
  let variance = average(s, two, alpha, f64x2.mul(f64x2.mul(rest, slope), slope));
  if (centred) {
    const mean = average(m, two, alpha, f64x2.mul(rest, slope));
    variance = f64x2.max(f64x2.splat(0), f64x2.sub(variance, f64x2.mul(mean, mean)));
  }
  const step = average(v, two, keep, f64x2.div(slope, f64x2.add(f64x2.sqrt(variance), f64x2.splat(eps))));
  put(w, two, f64x2.sub(get(w, two), f64x2.mul(f64x2.splat(rate), step)));
}

/** RMSProp. */
export function rmsprop(
  w: usize,
  g: usize,
  s: usize,
  m: usize,
  v: usize,
  n: i32,
  rate: f64,
  alpha: f64,
  eps: f64,
  keep: f64,
  l2: f64,
  centred: bool,
): void {
  const end = w + ((n & ~1) << 2);
  for (; w < end; w += 8, g += 8, s += 8, m += 8, v += 8) root(w, g, s, m, v, true, rate, alpha, eps, keep, l2, centred);
  if (n & 1) root(w, g, s, m, v, false, rate, alpha, eps, keep, l2, centred);
}

// @ts-ignore: a decorator
@inline
function moments(
  w: usize,
  g: usize,
  m: usize,
  s: usize,
  two: bool,
  size: f64,
  beta1: f64,
  beta2: f64,
  bias: f64,
  eps: f64,
  l2: f64,
  shrink: f64,
): void {
  const slope = pull(w, g, two, f64x2.splat(l2));
  const mean = average(m, two, beta1, f64x2.mul(f64x2.splat(1 - beta1), slope));
  const square = average(s, two, beta2, f64x2.mul(f64x2.mul(f64x2.splat(1 - beta2), slope), slope));
  const spread = f64x2.add(f64x2.div(f64x2.sqrt(square), f64x2.splat(bias)), f64x2.splat(eps));
  const step = f64x2.div(f64x2.mul(f64x2.splat(size), mean), spread);
  put(w, two, f64x2.sub(f64x2.mul(f64x2.splat(shrink), get(w, two)), step));
}

/** Adam and AdamW: `size` and `bias` are the corrected rate and the root of the squares' correction. */
export function adam(
  w: usize,
  g: usize,
  m: usize,
  s: usize,
  n: i32,
  size: f64,
  beta1: f64,
  beta2: f64,
  bias: f64,
  eps: f64,
  l2: f64,
  shrink: f64,
): void {
  const end = w + ((n & ~1) << 2);
  for (; w < end; w += 8, g += 8, m += 8, s += 8) moments(w, g, m, s, true, size, beta1, beta2, bias, eps, l2, shrink);
  if (n & 1) moments(w, g, m, s, false, size, beta1, beta2, bias, eps, l2, shrink);
}
