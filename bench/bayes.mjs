// Bayesian inference, one file of bench/bayes/ after the other in one process and one thread: npm run bench:bayes [-- NAME…]
import { readdirSync } from 'node:fs';

const wanted = process.argv.slice(2).filter((word) => /^[a-z-]+$/.test(word));
const names = readdirSync(new URL('bayes/', import.meta.url))
  .filter((name) => name.endsWith('.mjs'))
  .map((name) => name.slice(0, -4))
  .sort();
for (const name of wanted) {
  if (names.includes(name)) continue;
  console.error(`there is no benchmark ${name}, expected ${names.join(', ')}`);
  process.exit(2);
}
for (const name of wanted.length > 0 ? wanted : names) {
  console.log(`\n${name}`);
  const { default: run } = await import(`./bayes/${name}.mjs`);
  await run();
}
