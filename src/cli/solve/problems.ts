import { EXIT } from '../exit.ts';
import { loadSamples } from '../data/generate.ts';
import { writeStdout } from '../files/output.ts';
import { loadFamilies } from './subject.ts';

/** `lehr problems`: the kinds there are. */
export async function problems({ json }: { readonly json?: boolean }): Promise<number> {
  const families = await loadFamilies();
  if (json === true) {
    const rows = families.map(({ name, title, formats, objective, sense, generate }) => ({
      name,
      title,
      formats,
      objective,
      sense,
      generate: generate?.options ?? null,
    }));
    await writeStdout(`${JSON.stringify(rows, null, 2)}\n`);
    return EXIT.done;
  }
  const blocks = families.map(({ name, title, formats, objective, sense, generate }) => {
    const lines = [
      `${name}  ${title}`,
      `  reads      ${formats}`,
      `  objective  ${objective}, ${sense === 'min' ? 'minimised' : 'maximised'}`,
    ];
    if (generate !== undefined) {
      const more = generate.options.map((option) => `[--${option.name} ${option.choices?.join('|') ?? option.name.toUpperCase()}]`);
      lines.push(`  generate   ${['lehr generate', name, '--n N [--seed S]', ...more].join(' ')}`);
    }
    return lines.join('\n');
  });
  const samples = (await loadSamples()).map(
    ({ name, title, options }) =>
      `  ${name.padEnd(8)}  ${title}\n            ${['lehr generate', name, '--n N [--seed S]', ...options.map((option) => `[--${option.name} ${option.name.toUpperCase()}]`)].join(' ')}`,
  );
  blocks.push(`Data to learn from, for lehr train\n${samples.join('\n')}`);
  await writeStdout(`${blocks.join('\n\n')}\n\nA module of your own is solved, too: lehr solve ./my-problem.ts\n`);
  return EXIT.done;
}
