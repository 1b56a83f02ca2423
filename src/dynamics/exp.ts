/** ln 2 in two pieces; k · LN2_HIGH is exact for |k| < 2¹¹ (fdlibm's split, Sun Microsystems 1993). */
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
const INVERSE_LN2 = 1.442695040888963387;

/** 2^k for −1074 ≤ k ≤ 0, by repeated halving (exact). */
const POWERS = new Float64Array(1100);
POWERS[0] = 1;
for (let k = 1; k < POWERS.length; k++) POWERS[k] = POWERS[k - 1] * 0.5;

/**
 * e^−x for x ≥ 0 in plain arithmetic: range reduction x = k ln 2 + r, |r| ≤ ln 2 / 2, and the Taylor polynomial of degree 11.
 * Only + − * and floor are used, so the bits are the same on every engine (V8's own `Math.exp` differs between engines).
 * Relative error below 1e-14; 0 beyond x = 745.
 */
export function expMinus(x: number): number {
  if (!(x < 745)) return x === x ? 0 : NaN;
  const k = Math.floor(x * INVERSE_LN2 + 0.5);
  const r = k * LN2_HIGH - x + k * LN2_LOW;
  return (
    POWERS[k] *
    (1 +
      r *
        (1 +
          r *
            (1 / 2 +
              r *
                (1 / 6 +
                  r *
                    (1 / 24 +
                      r *
                        (1 / 120 +
                          r * (1 / 720 + r * (1 / 5040 + r * (1 / 40320 + r * (1 / 362880 + r * (1 / 3628800 + r * (1 / 39916800))))))))))))
  );
}
