import gammaln from '@stdlib/math-base-special-gammaln';

/** Up to this n rising factorials are looked up. */
const TABLE = 512;
const HALF_LN_2PI = 0.9189385332046727;

/** ln Γ(a + n) − ln Γ(a) for whole n: the logarithm of a (a + 1) … (a + n − 1), as often as it is asked for one a. */
export class Rising {
  private readonly table = new Float64Array(TABLE);
  private readonly logGamma: number;
  private readonly a: number;

  constructor(a: number) {
    this.a = a;
    this.logGamma = gammaln(a);
    for (let n = 1; n < TABLE; n++) this.table[n] = this.table[n - 1] + Math.log(a + n - 1);
  }

  at(n: number): number {
    return n < TABLE ? this.table[n] : stirling(this.a + n) - this.logGamma;
  }
}

const known = new Map<number, Rising>();
/** Hyperparameters on grids are few; somebody who draws them from a continuum must not fill the memory. */
const KNOWN = 1000;

/** The rising factorials of a, kept from one time to the next. */
export function rising(a: number): Rising {
  let found = known.get(a);
  if (found === undefined) {
    if (known.size >= KNOWN) known.clear();
    known.set(a, (found = new Rising(a)));
  }
  return found;
}

/** ln Γ(x) for x ≥ 512 by Stirling's series (Abramowitz and Stegun 6.1.41), whose next term is below 1e-16 there. */
function stirling(x: number): number {
  const r = 1 / (x * x);
  return (x - 0.5) * Math.log(x) - x + HALF_LN_2PI + (1 / 12 - r * (1 / 360 - r * (1 / 1260))) / x;
}
