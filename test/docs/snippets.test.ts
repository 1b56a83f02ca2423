import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { loadable } from 'lehr/parallel';
import { quickly, words as wordsOf } from '../cli/lehr.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'lehr-docs-'));
// Commands of the docs name the instances that come with the project.
symlinkSync(join(root, 'problems'), join(folder, 'problems'));
afterAll(() => rmSync(folder, { recursive: true }));

const pages = ['README.md', ...readdirSync(join(root, 'docs')).map((name) => `docs/${name}`)];
const snippets = pages.flatMap((page) =>
  [...readFileSync(join(root, page), 'utf8').matchAll(/^```(\w+)(?: module=(\S+))?\n([\s\S]*?)^```$/gm)].map(
    ([, language, module, code], i) => ({ page, i, language, module, code }),
  ),
);

function lehr(...args: string[]): string {
  return execFileSync('node', [join(root, 'bin/lehr.js'), ...args], { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

describe('every snippet of the docs', () => {
  it('is of a language that is run', () => {
    expect(new Set(snippets.map(({ language }) => language))).toEqual(new Set(['ts', 'sh']));
  });

  it.each(snippets.filter(({ language, module }) => language === 'ts' && module === undefined))(
    'runs: $page, snippet $i',
    async ({ code, i, page }) => {
      const file = join(folder, `${page.replaceAll(/\W/g, '-')}-${i}.ts`);
      writeFileSync(file, code);
      const { url, cleanup } = await loadable(file);
      const output = execFileSync('node', [fileURLToPath(url)], { cwd: root, encoding: 'utf8' });
      cleanup();
      expect(output).not.toBe('');
    },
  );

  it('runs: the tutorial, module and commands', () => {
    for (const { module, code } of snippets) if (module !== undefined) writeFileSync(join(folder, module), code);
    const commands = snippets
      .filter(({ page, language }) => page === 'docs/tutorial.md' && language === 'sh')
      .flatMap(({ code }) => code.trim().split('\n'));
    expect(commands.length).toBe(2);
    for (const command of commands) expect(lehr(...command.split(' ').slice(1))).toContain('partition');
  });

  // One after the other, as they build on each other: on a busy machine they take their time.
  it('runs: the commands of the other pages', () => {
    const commands = snippets
      .filter(({ page, language }) => language === 'sh' && page !== 'docs/tutorial.md')
      .flatMap(({ code }) => code.trim().split('\n'))
      .filter((line) => !line.startsWith('npm '));
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) {
      const words = quickly(wordsOf(command));
      expect(words[0]).toBe('lehr');
      // A command that writes a file says nothing.
      expect(lehr(...words.slice(1)) !== '' || words.includes('--output')).toBe(true);
    }
  }, 240_000);

  it('runs: the README’s first command, with the seconds cut short', () => {
    const command = snippets.find(({ page, language }) => page === 'README.md' && language === 'sh')!.code;
    expect(command).toContain('npx lehr solve problems/instances/uniform-1000.tsp --seconds 5');
    expect(lehr('solve', join(root, 'problems/instances/uniform-1000.tsp'), '--seconds', '0.5')).toContain('tour length');
  });
});
