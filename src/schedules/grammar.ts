import { maybe } from '../closest.ts';
import { LehrError } from '../error.ts';
import { catalogue, find, kebab, type Entry } from './catalogue.ts';
import { fromSpec, article } from './spec.ts';
import { specOf } from './spec-of.ts';
import type { Control, Spec } from './schedule.ts';

type Value = number | Spec | { readonly steps: number } | readonly Value[];

/**
 * The control that a text describes: `exponential(10, 0.1)`, `modified-lam`, `warmup(0.05) > cosine(1, 0)`, `linear(5, 1) for 500 steps > constant(1)`.
 * Arguments stand in order or as `name: value`; a bare number is a constant, a bare name takes its defaults. Grammar:
 * `chain = term { ">" term }`, `term = (number | name [ "(" arguments ")" ]) [ "for" length ]`, `length = share | count "steps"`.
 * @throws LehrError `option` with the text and a caret under the place.
 */
export function parse(text: string): Control {
  const reader = new Reader(text);
  const value = chain(reader);
  if (!reader.done) reader.fail(`unexpected ${reader.word()}, expected ">" or the end`);
  return reader.guard(0, () => fromSpec(value as Spec));
}

/** The canonical text of a control or spec: `parse(print(x))` is the same schedule. */
export function print(control: Control | Spec): string {
  const spec = typeof control === 'object' && 'schedule' in control ? (control as Spec) : specOf(control as Control);
  return text(spec);
}

function text(spec: Spec | number): string {
  if (typeof spec === 'number') return String(spec);
  const entry = find(spec.schedule)!;
  if (entry.name === 'warmup') return `warmup(${lengthText(spec.length)}) > ${text(spec.next as Spec)}`;
  if (entry.name === 'sequence') {
    const lengths = spec.lengths as readonly unknown[];
    return (spec.controls as Spec[]).map((inner, i) => `${nested(inner)}${lengths[i] === null || lengths[i] === undefined ? '' : ` for ${lengthText(lengths[i])}`}`).join(' > ');
  }
  const args = entry.parameters.flatMap(({ name, type, default: usual }) => {
    const value = spec[name] ?? usual;
    if (value === usual) return [];
    const shown = type === 'control' ? text(value as Spec) : Array.isArray(value) ? `[${value.join(', ')}]` : String(value);
    return [usual === undefined ? shown : `${name}: ${shown}`];
  });
  return args.length === 0 ? kebab(entry.name) : `${kebab(entry.name)}(${args.join(', ')})`;
}

/** A chain inside a chain keeps its own clock only in brackets. */
function nested(spec: Spec | number): string {
  const shown = text(spec);
  return shown.includes(' > ') && typeof spec !== 'number' && (spec.schedule === 'sequence' || spec.schedule === 'warmup') ? `(${shown})` : shown;
}

function lengthText(length: unknown): string {
  return typeof length === 'object' && length !== null ? `${(length as { steps: number }).steps} steps` : String(length);
}

/** term { ">" term }: folded from the right, as each phase may need to know what follows. */
function chain(reader: Reader): Value {
  const at = reader.at;
  const { value, length, waiting } = term(reader);
  if (!reader.take('>')) {
    if (waiting) reader.fail('warmup leads into another schedule, expected "> …" after it', at);
    if (length !== null) reader.fail('the last phase takes what is left of the run, expected no "for" here', at);
    return value;
  }
  const rest = chain(reader);
  if (waiting) {
    if (length !== null) reader.fail('a warm-up has its length in brackets, expected no "for"', at);
    return { ...(value as Spec), next: rest };
  }
  if (length === null) reader.fail('a phase before ">" needs a length, expected "for 0.3" or "for 500 steps"', at);
  const following = isSequence(rest) ? rest : { lengths: [null], controls: [rest] };
  return { schedule: 'sequence', lengths: [length, ...(following.lengths as Value[])], controls: [value, ...(following.controls as Value[])] };
}

function isSequence(value: Value): value is Spec {
  return typeof value === 'object' && 'schedule' in value && value.schedule === 'sequence';
}

function term(reader: Reader): { value: Value; length: Value | null; waiting: boolean } {
  const at = reader.at;
  let value: Value;
  let waiting = false;
  if (reader.take('(')) {
    value = chain(reader);
    reader.expect(')');
  } else if (reader.isNumber()) {
    value = { schedule: 'constant', value: reader.number() };
  } else {
    const name = reader.name();
    const entry = find(name);
    if (entry === undefined) {
      const known = catalogue.map((each) => kebab(each.name));
      reader.fail(`${JSON.stringify(name)} is no schedule, expected one of ${known.join(', ')}.${maybe(name, known)}`, at);
    }
    const spec = call(reader, entry!, at);
    waiting = entry!.name === 'warmup' && spec.next === undefined;
    value = spec;
    if (!waiting) reader.guard(at, () => fromSpec(spec));
  }
  return { value, length: reader.takeWord('for') ? lengthOf(reader) : null, waiting };
}

function call(reader: Reader, entry: Entry, at: number): Spec {
  const spec: Record<string, unknown> = { schedule: entry.name };
  const { parameters } = entry;
  let position = 0;
  if (reader.take('(') && !reader.take(')')) {
    do {
      const here = reader.at;
      const key = reader.key();
      const parameter = key === null ? parameters[position++] : parameters.find(({ name }) => name === key || kebab(name) === key);
      if (parameter === undefined) {
        const known = parameters.map(({ name }) => name);
        if (key === null) reader.fail(`too many arguments for ${kebab(entry.name)}, expected ${known.length === 0 ? 'none' : `at most ${known.length}: ${known.join(', ')}`}`, here);
        reader.fail(`${kebab(entry.name)} has no parameter ${JSON.stringify(key)}, expected ${known.join(', ') || 'none'}.${maybe(key!, known)}`, here);
      }
      if (spec[parameter!.name] !== undefined) reader.fail(`${parameter!.name} is given twice`, here);
      spec[parameter!.name] = argument(reader, parameter!.type);
    } while (reader.take(','));
    reader.expect(')');
  }
  for (const { name, type, default: usual } of parameters) {
    spec[name] ??= usual;
    const follows = entry.name === 'warmup' && name === 'next';
    if (spec[name] === undefined && !follows) reader.fail(`${kebab(entry.name)} needs ${name}, expected ${article(type)}, as in ${entry.example}`, at);
    if (spec[name] === undefined) delete spec[name];
  }
  return spec as Spec;
}

function argument(reader: Reader, type: Entry['parameters'][number]['type']): Value {
  if (type === 'control') return chain(reader);
  if (type === 'length') return lengthOf(reader);
  if (type === 'number') return reader.number();
  reader.expect('[');
  const items: Value[] = [];
  if (!reader.take(']')) {
    do items.push(type === 'numbers' ? reader.number() : type === 'lengths' ? lengthOf(reader) : chain(reader));
    while (reader.take(','));
    reader.expect(']');
  }
  return items;
}

/** A share of the run, or a count of steps. */
function lengthOf(reader: Reader): Value {
  const at = reader.at;
  const value = reader.number();
  if (reader.takeWord('steps') || reader.takeWord('step')) {
    if (!Number.isInteger(value) || value < 1) reader.fail(`${value} steps, expected a whole number of at least 1`, at);
    return { steps: value };
  }
  if (!(value > 0 && value <= 1)) reader.fail(`${value} is no share of the run, expected a number above 0 and at most 1.${value > 1 ? ` Maybe "${value} steps"?` : ''}`, at);
  return value;
}

/** Reads a text word by word; its errors point at the place. */
class Reader {
  private readonly text: string;
  at = 0;

  constructor(source: string) {
    this.text = source;
    this.skip();
  }

  get done(): boolean {
    return this.at >= this.text.length;
  }

  fail(message: string, at = this.at): never {
    const end = /[.?]$/.test(message) ? '' : '.';
    throw new LehrError('option', `schedule: ${message}${end}\n  ${this.text}\n  ${' '.repeat(at)}^`);
  }

  /** Runs `body`; an error of its own is told with the place. */
  guard<T>(at: number, body: () => T): T {
    try {
      return body();
    } catch (error) {
      if (error instanceof LehrError && !error.message.includes('\n')) this.fail(error.message, at);
      throw error;
    }
  }

  word(): string {
    return this.done ? 'the end' : JSON.stringify(/^(?:[\w.-]+|.)/su.exec(this.text.slice(this.at))![0]);
  }

  take(token: string): boolean {
    if (!this.text.startsWith(token, this.at)) return false;
    this.at += token.length;
    this.skip();
    return true;
  }

  takeWord(word: string): boolean {
    return new RegExp(`^${word}(?![\\w-])`).test(this.text.slice(this.at)) && this.take(word);
  }

  expect(token: string): void {
    if (!this.take(token)) this.fail(`unexpected ${this.word()}, expected ${JSON.stringify(token)}`);
  }

  isNumber(): boolean {
    return /^[-+]?(?:\d|\.\d)/.test(this.text.slice(this.at));
  }

  number(): number {
    const match = /^[-+]?(?:\d+\.?\d*|\.\d+)(?:[eE][-+]?\d+)?(?![\w.])/.exec(this.text.slice(this.at));
    if (match === null) this.fail(`unexpected ${this.word()}, expected a number`);
    this.take(match![0]);
    return Number(match![0]);
  }

  name(): string {
    const match = /^[A-Za-z][\w-]*/.exec(this.text.slice(this.at));
    if (match === null) this.fail(`unexpected ${this.word()}, expected a schedule such as exponential(10, 0.1)`);
    this.take(match![0]);
    return match![0];
  }

  /** `name:` of a named argument, or null. */
  key(): string | null {
    const match = /^([A-Za-z][\w-]*)\s*:/.exec(this.text.slice(this.at));
    if (match === null) return null;
    this.take(match[0]);
    return match[1];
  }

  private skip(): void {
    while (/\s/.test(this.text[this.at] ?? '')) this.at++;
  }
}
