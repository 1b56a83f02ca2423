import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { readCsv, columnOf, type NumberColumn } from '#problems/table/index';
import { beforeAll, describe, expect, test } from 'vitest';
import { folder, hearing, inferred, lehr, refusedHere, start, words } from './lehr.ts';

const cwd = folder();
const read = (file: string): string => readFileSync(join(cwd, file), 'utf8');
const LDA = ['corpus.txt', '--model', 'lda', '--topics', '4', '--seed', '1', '--chains', '3', '--held-out', '0.1'];
let json: Record<string, any>;

beforeAll(async () => {
  await lehr(cwd, 'generate', 'corpus', '--n', '150', '--topics', '4', '--words', '300', '--seed', '1', '--output', 'corpus.txt');
  json = await inferred(cwd, ...LDA, '--output', 't.json', '--assignments', 't.csv', '--report', 't.html', '--picture', 'p.json');
}, 60_000);

/** The words that planted topics lean on: those that stand together in documents. */
const numbers = (csv: string, name: string): Float64Array => (columnOf(readCsv(csv), name) as NumberColumn).values;

describe('topics of planted words', () => {
  test('tell words of held-out documents better than one topic does, and chains are compared', () => {
    expect(json).toMatchObject({
      model: 'lda',
      objective: 'bound',
      counts: { documents: 150, heldOut: 15 },
      stopped: 'settled',
      reproducible: true,
      chosen: [],
    });
    expect(json.figures.perplexity).toBeLessThan(0.6 * json.figures.perplexityOfOneTopic);
    expect(json.agreement.pairs).toHaveLength(3);
    expect(json.agreement.mean).toBeGreaterThan(0.6);
    expect(json.value).toBe(json.figures.bound);
    const shares = json.topics.map(({ share }: { share: number }) => share);
    expect(shares).toEqual(shares.toSorted((a: number, b: number) => b - a));
    expect(shares.reduce((a: number, b: number) => a + b)).toBeCloseTo(1, 6);
  });

  test('each document has its shares, those held out by prediction, and words of its first topic', () => {
    const table = readCsv(read('t.csv'));
    expect(table.rows).toBe(150);
    const [topic, share] = ['topic', 'share'].map((name) => numbers(read('t.csv'), name));
    const own = [1, 2, 3, 4].map((k) => numbers(read('t.csv'), `topic ${k}`));
    const lines = read('corpus.txt').trim().split('\n');
    let [inside, outside] = [0, 0];
    for (let d = 0; d < 150; d++) {
      expect(own[topic[d] - 1][d]).toBe(share[d]);
      expect(own.reduce((sum, values) => sum + values[d], 0)).toBeCloseTo(1, 3);
      const list = lines[d].split(' ');
      const of = (k: number): number => list.filter((word) => json.topics[k].words.includes(word)).length / list.length;
      inside += of(topic[d] - 1);
      outside += of(topic[d] % 4);
    }
    expect(inside).toBeGreaterThan(3 * outside);
    expect(read('t.csv').match(/predicted/g)).toHaveLength(15);
  });

  test('the page and the picture have them', () => {
    for (const part of [json.digest, 'Topics of documents', 'Documents of each topic', json.topics[0].words[0]])
      expect(read('t.html')).toContain(part);
    const [matrix] = JSON.parse(read('p.json')) as any[];
    expect([matrix.rows, matrix.columns, matrix.values.length]).toEqual([4, 150, 600]);
    const share = numbers(read('t.csv'), 'topic 2');
    for (let d = 0; d < 150; d++) expect(matrix.values[150 + d]).toBeCloseTo(share[d], 3);
  });

  test('the command it prints gives the same bits', async () => {
    const again = await inferred(cwd, ...words(json.command).slice(2), '--workers', '1');
    expect(again).toMatchObject({ digest: json.digest, figures: json.figures, topics: json.topics });
  });

  test('are those of other documents, too: words that nobody knows are counted', async () => {
    const lines = read('corpus.txt').trim().split('\n');
    writeFileSync(join(cwd, 'new.txt'), `${lines[0]} nowhere nothing\n${lines[1]}\nnobody knows these\n`);
    const { code, stdout, stderr } = await lehr(cwd, 'predict', 't.json', 'new.txt');
    expect(code).toBe(0);
    expect([...numbers(stdout, 'unknown words')].slice(0, 2).map((n) => n >= 0)).toEqual([true, true]);
    expect(numbers(stdout, 'unknown words')[2]).toBe(3);
    expect(numbers(stdout, 'unknown words')[0] - numbers(stdout, 'unknown words')[1]).toBeGreaterThanOrEqual(-80);
    expect(stderr).toContain('1 document without a known word: nothing is known of its topics');
    // The same documents in other forms.
    writeFileSync(join(cwd, 'blocks.txt'), `${lines[0]}\n\n${lines[1]}\n`);
    writeFileSync(join(cwd, 'cells.csv'), `n,text\n1,${lines[0]}\n2,${lines[1]}\n`);
    const shares = async (...args: string[]): Promise<string[]> =>
      (await lehr(cwd, 'predict', 't.json', ...args, '--quiet')).stdout
        .trim()
        .split('\n')
        .map((line) => line.replace(/^\w+ \d+,/, ''));
    writeFileSync(join(cwd, 'two.txt'), `${lines[0]}\n${lines[1]}\n`);
    const plain = await shares('two.txt');
    expect(plain).toHaveLength(3);
    expect(await shares('blocks.txt', '--documents', 'blocks')).toEqual(plain);
    expect(await shares('cells.csv', '--text', 'text')).toEqual(plain);
    const then = numbers(read('t.csv'), 'topic');
    expect([...numbers(stdout, 'topic')].slice(0, 2)).toEqual([then[0], then[1]]);
    writeFileSync(join(cwd, 'odd.txt'), 'nobody knows these\n');
    expect((await lehr(cwd, 'predict', 't.json', 'odd.txt')).stderr).toContain('odd.txt: none of the words is among the');
  });
});

describe('the forms of a corpus', () => {
  const few = [
    '--model',
    'lda',
    '--topics',
    '2',
    '--chains',
    '1',
    '--seed',
    '1',
    '--min-documents',
    '1',
    '--max-share',
    '1',
    '--passes',
    '3',
  ];

  test('blocks, titles, a folder, a column, a bag of words; gzipped or not: the same words give the same topics', async () => {
    const texts = ['war army war', 'law court judge', 'army war peace', 'court law'];
    mkdirSync(join(cwd, 'docs'));
    texts.forEach((text, d) => writeFileSync(join(cwd, 'docs', `${d}.txt`), text));
    writeFileSync(join(cwd, 'lines.txt'), texts.join('\n'));
    writeFileSync(join(cwd, 'blocks.txt.gz'), gzipSync(texts.map((text) => text.replace(' ', '\n')).join('\n\n\n')));
    writeFileSync(join(cwd, 'titles.txt'), `Preface\n${texts.map((text, d) => `No. ${d}\n\n${text}\n`).join('')}`);
    writeFileSync(join(cwd, 'table.csv'), `id,text\n${texts.map((text, d) => `d${d},${text}\n`).join('')}`);
    writeFileSync(join(cwd, 'docword.txt'), '4\n6\n10\n1 1 1\n1 6 2\n2 2 1\n2 3 1\n2 4 1\n3 1 1\n3 5 1\n3 6 1\n4 2 1\n4 4 1\n');
    writeFileSync(join(cwd, 'vocab.txt'), 'army\ncourt\njudge\nlaw\npeace\nwar\n');
    const found = await Promise.all(
      [
        ['lines.txt'],
        ['blocks.txt.gz', '--documents', 'blocks'],
        ['titles.txt', '--documents', '/^No\\. \\d/'],
        ['docs'],
        ['table.csv', '--text', 'text', '--title', 'id'],
        ['docword.txt', '--vocabulary', 'vocab.txt'],
      ].map((args) => inferred(cwd, ...args, ...few)),
    );
    for (const each of found) {
      expect(each.counts).toMatchObject({ documents: 4, words: 6, tokens: 11 });
      expect(each.value).toBe(found[0].value);
      expect(each.topics).toEqual(found[0].topics);
    }
    const { stdout } = await lehr(cwd, 'infer', 'table.csv', '--text', 'text', '--title', 'id', ...few, '--assignments', '-', '--quiet');
    expect(stdout.split('\n')[1]).toMatch(/^d0,/);
  });

  test('stop words are told of, and may be others', async () => {
    writeFileSync(join(cwd, 'stop.txt'), 'the war and the law\nthe war\n');
    writeFileSync(join(cwd, 'mine.txt'), 'war');
    const { stderr } = await lehr(cwd, 'infer', 'stop.txt', ...few);
    expect(stderr).toContain('2 words count; left out: 2 stop words');
    const { stderr: own } = await lehr(cwd, 'infer', 'stop.txt', ...few, '--stop-words', 'mine.txt');
    expect(own).toContain('3 words count; left out: 1 stop words');
  });
});

test('annealed, in minibatches, cut by steps', async () => {
  const annealed = await inferred(cwd, ...LDA, '--temper', 'all', '--passes', '8', '--chains', '1');
  expect(annealed.controls).toEqual({ temperature: 'linear(1.5, 1) for 0.5 > 1' });
  expect(annealed.value).toBeLessThan(0);
  const online = await inferred(cwd, ...LDA, '--batch', '30', '--passes', '8', '--rate', 'constant(0.3)', '--chains', '1');
  expect(online).toMatchObject({ controls: { rate: '0.3' }, budget: { steps: 40 }, stopped: 'budget' });
  const cut = await inferred(cwd, ...LDA, '--steps', '7');
  expect(cut).toMatchObject({ steps: 21, stopped: 'budget' });
});

test('a run that was killed ends with the same bits', async () => {
  const long = [...LDA, '--settled', '0', '--passes', '150', '--chains', '2'];
  const whole = await inferred(cwd, ...long);
  const { child, ended } = start(cwd, ['infer', ...long, '--checkpoint', 'run', '--checkpoint-every', '0.05']);
  await hearing(child, 'passes');
  while (!existsSync(join(cwd, 'run', 'chain-1.json'))) await new Promise((done) => setTimeout(done, 10));
  child.kill('SIGKILL');
  await ended;
  const { stdout } = await lehr(cwd, 'infer', 'corpus.txt', '--resume', 'run', '--json', '--quiet');
  expect(JSON.parse(stdout)).toMatchObject({ digest: whole.digest, value: whole.value });
});

describe('refuses, with exit 2', () => {
  const model = ['--model', 'lda'];
  beforeAll(() => {
    writeFileSync(join(cwd, 'gap.txt'), 'one two\n\nthree four\n');
    writeFileSync(join(cwd, 'numbers.txt'), 'one two\n1 2 3\n');
    writeFileSync(join(cwd, 'small.txt'), 'one two\ntwo three\n');
    mkdirSync(join(cwd, 'empty'));
  });
  test.each<[string[], string]>([
    [
      ['gap.txt', ...model],
      'gap.txt:2: the line is empty, expected a document in each line. Maybe documents are parted by blank lines (--documents blocks), or begin with lines of a form (--documents "/^Chapter/").',
    ],
    [['numbers.txt', ...model], 'numbers.txt:2: the document "line 2" has no word of two letters or more'],
    [['small.txt', ...model], 'small.txt: no word is left of 3 ('],
    [['small.txt', ...model], 'Maybe leave out fewer (--stop-words none, --min-documents 1, --max-share 1).'],
    [
      ['small.txt', ...model, '--min-documents', '1', '--max-share', '1', '--stop-words', 'none'],
      '--topics is 10, expected a whole number from 1 to the 3 words',
    ],
    [['empty', ...model], 'empty: the folder has no .txt files'],
    [['empty'], 'empty, a folder, expected a table. Maybe --model lda'],
    [['small.txt', ...model, '--documents', '/(/'], '--documents is "/(/", which is no regular expression'],
    [['small.txt', ...model, '--documents', 'pages'], '--documents is "pages", expected lines, blocks'],
    [['small.txt', ...model, '--vocabulary', 'small.txt'], 'small.txt is no bag of words'],
    [['corpus.txt', ...model, '--states', '3'], '--states is 3, but the model lda takes no such option, expected it with --model hmm'],
    [['corpus.txt', ...model, '--max-share', '2'], '--max-share is 2, expected a share above 0, at most 1'],
    [['corpus.txt', ...model, '--relevance', '2'], '--relevance is 2, expected a number from 0 to 1'],
    [
      ['corpus.txt', ...model, '--temperature', '2'],
      '--temperature is "2", but nothing is driven by it, expected no schedule. Maybe --temper local beside it.',
    ],
    [['corpus.txt', ...model, '--batch', '1000'], '--batch is 1000, expected at most 135, the documents to learn from.'],
    [['corpus.txt', ...model, '--batch', '10', '--noise', 'metropolis'], "--noise is 'metropolis' with minibatches or tempering"],
    [
      ['corpus.txt', ...model, '--temper', 'all', '--temperature', 'linear(2, 0.5)'],
      'expected a finite number of at least 1. Maybe the schedule goes beyond it.',
    ],
  ])('%j', async (args, message) => {
    const refused = await refusedHere(cwd, ['infer', ...args, '--seed', '1', '--passes', '5', '--quiet']);
    expect(refused.message).toContain(message);
    expect(refused.code).toBe(2);
  });
});
