import { LehrError, show } from '../error.ts';
import { apiName, build, definitionOf, textName, unknownName } from './build.ts';
import type { Definition, Parameter } from './definition.ts';
import { ParameterError } from './check.ts';
import { constant } from './curves.ts';
import { nearest } from '../closest.ts';
import type { Controller, Schedule } from './schedule.ts';
import { DEEPEST, read, textError, type CallTree, type ChainTree, type Place, type Tree } from './syntax.ts';

/**
 * The schedule that a text describes, such as `exponential(10, 0.1)`, `warmup(0.05) > cosine(1, 0)` or `modified-lam`.
 *
 * A schedule is `name(values, name: value)`; a name alone takes its defaults, a number alone is constant. Names are the API's, in its own or in kebab
 * case. A length is a share of the run (`0.05`) or a count (`500 steps`). `A for 0.5 > B` is A for half the run and then B: each but the last says how
 * long it lasts. `warmup(0.05) > A > …` takes everything after it as what it warms up to; parentheses group.
 *
 * An `option` error shows the text with a caret line under the place.
 */
export function parse(text: string): Schedule | Controller {
  if (typeof text !== 'string') throw new LehrError('option', `schedule: ${show(text)}, expected a text such as "exponential(10, 0.1)".`);
  return builderOf(text)(read(text));
}

function builderOf(text: string): (tree: Tree) => Schedule | Controller {
  let depth = 0;
  const fail = (place: Place, message: string): never => {
    throw textError(text, place, message);
  };

  /** Calls a builder; its errors get a caret under the part of the text they are about. */
  function made(
    definition: Definition,
    values: Readonly<Record<string, unknown>>,
    whole: Place,
    parts: Readonly<Record<string, Tree | readonly Place[]>>,
  ) {
    try {
      return build(definition, values);
    } catch (error) {
      if (!(error instanceof LehrError)) throw error;
      return fail(error instanceof ParameterError ? placeOf(error.parameter, whole, parts) : whole, error.message);
    }
  }

  function control(tree: Tree): Schedule | Controller {
    if (tree.kind === 'chain') return chain(tree.links, tree);
    if (tree.kind === 'call') return call(tree, null);
    if (tree.kind === 'number' && !tree.counted) return constant(tree.value);
    return fail(tree, `schedule: found ${tree.kind === 'list' ? 'a list' : 'a count of steps'}, expected a schedule.`);
  }

  function chain(links: ChainTree['links'], place: Place): Schedule | Controller {
    // A chain of warm-ups nests as deep as it is long.
    if (++depth > DEEPEST) fail(place, `schedule: nested more than ${DEEPEST} deep, expected something simpler.`);
    const phases: unknown[] = [];
    const places: Place[] = [];
    for (const [i, link] of links.entries()) {
      places.push(link.length ?? link);
      if (isOpenWarmup(link.tree)) {
        if (link.length !== null)
          fail(link.length, 'warmup: it says how long it lasts itself, expected no `for`. Maybe put it and what follows in parentheses.');
        phases.push(call(link.tree, links.slice(i + 1)));
        break;
      }
      if (link.length === null && i < links.length - 1) {
        fail(
          link,
          'schedule: all but the last must say how long they last, expected `for` and a share or a count of steps. Maybe `… for 0.5 > …`.',
        );
      }
      const child = control(link.tree);
      phases.push(link.length === null ? child : [plain('length', link.length), child]);
    }
    depth--;
    if (phases.length === 1) {
      if (!Array.isArray(phases[0])) return phases[0] as Schedule | Controller;
      fail(places[0], 'schedule: nothing follows after this length, expected `>` and another schedule.');
    }
    return made(definitionOf('sequence')!, { phases }, place, { phases: places });
  }

  /** Builds a call; `after` are the links that follow a warm-up in its chain. */
  function call(tree: CallTree, after: ChainTree['links'] | null): Schedule | Controller {
    const definition = definitionOf(tree.name.text);
    if (definition === undefined) return fail(tree.name, unknownName(tree.name.text));
    const parts = assigned(definition, tree);
    const values: Record<string, unknown> = {};
    for (const parameter of definition.parameters) {
      const part = parts[parameter.name];
      if (part !== undefined)
        values[parameter.name] = Array.isArray(part) ? part.map((one: Tree) => item(parameter, one)) : value(parameter, part as Tree);
    }
    if (isOpenWarmup(tree)) {
      if (after === null || after.length === 0)
        fail(tree, 'warmup: nothing follows, expected what it warms up to. Maybe `warmup(0.05) > cosine(1, 0)`.');
      values.next = chain(after!, { begin: after![0].begin, end: after!.at(-1)!.end });
    }
    for (const parameter of definition.parameters) {
      const required = parameter.default === undefined && parameter.optional !== true;
      if (required && values[parameter.name] === undefined) {
        const missing = definition.parameters.filter(
          (each) => each.default === undefined && each.optional !== true && values[each.name] === undefined,
        );
        const list = missing.map((each) => (each.named === true ? `${each.name}: …` : each.name)).join(', ');
        fail(tree, `${textName(definition.name)}: ${list} missing, expected as in ${definition.example}.`);
      }
    }
    return made(definition, values, tree.name, parts);
  }

  /** Which argument is which parameter; a rest of arguments is a list. */
  function assigned(definition: Definition, tree: CallTree): Record<string, Tree | readonly Tree[]> {
    const parts: Record<string, Tree | readonly Tree[]> = {};
    const name = textName(definition.name);
    const positional = definition.parameters.filter((parameter) => parameter.named !== true);
    const many = positional.find((parameter) => parameter.kind === 'phases' || parameter.kind === 'pieces');
    if (many !== undefined) parts[many.name] = tree.args.filter((one) => one.key === null).map((one) => one.value);
    let next = 0;
    for (const argument of tree.args) {
      if (argument.key === null) {
        if (many !== undefined) continue;
        if (next < positional.length) parts[positional[next++].name] = argument.value;
        else {
          const named = definition.parameters.find((parameter) => parameter.named === true && parts[parameter.name] === undefined);
          const maybe = named === undefined ? '' : ` Maybe ${named.name}: ${text.slice(argument.begin, argument.end)}?`;
          fail(argument, `${name}: too many values, expected ${positional.length} without a name.${maybe}`);
        }
        continue;
      }
      const key = argument.key;
      const parameter = definition.parameters.find((each) => each.name === apiName(key.text));
      const names = definition.parameters.map((each) => each.name);
      if (parameter === undefined || parameter === many) {
        const maybe = nearest(key.text, names);
        fail(key, `${name}: unknown parameter ${show(key.text)}, expected ${names.join(', ')}.${maybe === null ? '' : ` Maybe ${maybe}?`}`);
      } else if (parts[parameter.name] !== undefined) fail(key, `${name}: ${parameter.name} is given twice, expected once.`);
      else parts[parameter.name] = argument.value;
    }
    return parts;
  }

  function value(parameter: Parameter, tree: Tree): unknown {
    return parameter.kind === 'control' ? control(tree) : plain(parameter.kind, tree, parameter);
  }

  /** One of a rest of arguments: `[length, schedule]` or `[share, value]`, or the last without its length. */
  function item(parameter: Parameter, tree: Tree): unknown {
    const last = (one: Tree) => (parameter.kind === 'phases' ? control(one) : plain('number', one));
    if (tree.kind !== 'list') return last(tree);
    if (tree.items.length !== 2) return fail(tree, `schedule: found a list of ${tree.items.length}, expected ${parameter.meaning}.`);
    return [plain(parameter.kind === 'phases' ? 'length' : 'number', tree.items[0]), last(tree.items[1])];
  }

  function plain(kind: Parameter['kind'], tree: Tree, parameter?: Parameter): unknown {
    if (kind === 'choice' && tree.kind === 'call' && tree.args.length === 0) {
      const choices = parameter!.choices!;
      const chosen = apiName(tree.name.text);
      if (choices.includes(chosen)) return chosen;
      const maybe = nearest(chosen, choices);
      return fail(
        tree,
        `${parameter!.name}: ${tree.name.text}, expected ${choices.map(textName).join(', ')}.${maybe === null ? '' : ` Maybe ${textName(maybe)}?`}`,
      );
    }
    if (kind === 'signal' && tree.kind === 'call' && tree.args.length === 0) return tree.name.text;
    if (kind === 'numbers' && tree.kind === 'list') return tree.items.map((one) => plain('number', one));
    if (tree.kind === 'number' && kind !== 'choice' && kind !== 'signal' && kind !== 'numbers') {
      if (!tree.counted) return tree.value;
      if (kind === 'length') return { steps: tree.value };
    }
    const expected = {
      choice: 'one of its words',
      signal: "a signal's name",
      numbers: 'a list such as [1, 0.5]',
      length: 'a share such as 0.05, or 500 steps',
      count: 'a whole number',
    };
    return fail(
      tree,
      `schedule: found ${text.slice(tree.begin, tree.end)}, expected ${expected[kind as keyof typeof expected] ?? 'a number'}.`,
    );
  }

  return control;
}

function isOpenWarmup(tree: Tree): tree is CallTree {
  return (
    tree.kind === 'call' &&
    apiName(tree.name.text) === 'warmup' &&
    tree.args.every((one, i) => (one.key === null ? i === 0 : one.key.text !== 'next'))
  );
}

/** The part of the text that a parameter's error is about: `values[3]` is the third item of the list. */
function placeOf(path: string, whole: Place, parts: Readonly<Record<string, Tree | readonly Place[]>>): Place {
  const [, name, index] = /^(\w+)(?:\[(\d+)\])?/.exec(path)!;
  const part = parts[name];
  if (part === undefined) return whole;
  if (Array.isArray(part)) return index === undefined ? whole : (part[Number(index)] ?? whole);
  const tree = part as Tree;
  return index !== undefined && tree.kind === 'list' ? (tree.items[Number(index)] ?? tree) : tree;
}
