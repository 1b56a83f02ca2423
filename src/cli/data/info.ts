import { formatCount, formatNumber } from '../../report/terminal.ts';
import { EXIT } from '../exit.ts';
import { inFlagWords } from '../options/flag-words.ts';
import { tableIn, tableInfo } from './info-table.ts';
import { knownOf } from '../solve/known.ts';
import { writeStdout } from '../files/output.ts';
import { isModule, openAll, openSubject } from '../solve/subject.ts';

interface InfoOptions {
  readonly problem?: string;
  readonly json?: boolean;
}

/** `lehr info`: what a file is. */
export async function info(given: string, options: InfoOptions): Promise<number> {
  const source = options.problem === undefined && !isModule(given) ? await inFlagWords(() => tableIn(given)) : null;
  if (source !== null) {
    await writeStdout(await tableInfo(given, source, options.json === true));
    return EXIT.done;
  }
  const { family, file, instances, items } = isModule(given) ? await ofModule(given, options) : await openAll(given, options.problem);
  const knowns = items.map((item) => knownOf(file, item));
  const problems = instances.map(({ name, n, details }, i) => ({
    instance: name,
    n,
    known: knowns[i]?.value ?? null,
    details: Object.fromEntries(details),
  }));
  if (options.json === true) {
    const { name: problem, title, formats, objective: objectiveName, sense } = family;
    const [first] = problems;
    const one = problems.length === 1 ? first : {};
    await writeStdout(
      `${JSON.stringify({ file, problem, title, formats, objectiveName, sense, known: null, ...one, problems }, null, 2)}\n`,
    );
    return EXIT.done;
  }
  const lines = [`${file}: ${family.title} (${family.name}), ${family.formats}`];
  instances.forEach((instance, i) => {
    const rows: (readonly [string, string])[] = [['n', formatCount(instance.n)], ...instance.details];
    const known = knowns[i];
    if (known !== null) rows.push(['best known', `${formatNumber(known.value, 15)} (${known.source})`]);
    const width = Math.max(...rows.map(([label]) => label.length));
    lines.push(
      items[i] === null ? instance.name : `${file}#${items[i]} ${instance.name}`,
      ...rows.map(([label, value]) => `  ${label.padEnd(width)}  ${value}`),
    );
  });
  lines.push(`objective: ${family.objective}, ${family.sense === 'min' ? 'the less the better' : 'the more the better'}`);
  await writeStdout(`${lines.join('\n')}\n`);
  return EXIT.done;
}

async function ofModule(given: string, { problem }: InfoOptions) {
  const { family, instance, item } = await openSubject({ given, problem });
  return { family, file: given, instances: [instance], items: [item] };
}
