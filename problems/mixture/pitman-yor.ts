import gammaln from '@stdlib/math-base-special-gammaln';

/**
 * ln of the probability of a partition under the Pitman–Yor process of concentration α and discount d (Pitman 1995; d = 0 is the Dirichlet process):
 * Σ_{j < K} ln(α + d j) + Σ_k [ln Γ(n_k − d) − ln Γ(1 − d)] − [ln Γ(α + n) − ln Γ(α)], of K groups of sizes n_k, n rows in all. Its predictive weights are n_k − d for a group and
 * α + d K for a new one, over α + n.
 */
export function logPartition(sizes: ArrayLike<number>, alpha: number, discount: number): number {
  let [groups, rows, sum] = [0, 0, 0];
  const one = gammaln(1 - discount);
  for (let k = 0; k < sizes.length; k++) {
    if (sizes[k] === 0) continue;
    sum += Math.log(alpha + discount * groups) + gammaln(sizes[k] - discount) - one;
    groups++;
    rows += sizes[k];
  }
  return sum - gammaln(alpha + rows) + gammaln(alpha);
}
