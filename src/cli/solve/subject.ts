import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { maybe } from '../../closest.ts';
import { LehrError, show } from '../../error.ts';
import type { Family, Instance } from '../family.ts';
import { openModule } from '../files/own-module.ts';
import { readText } from '../files/read-input.ts';
import { tabular } from '../data/tabular.ts';

/** What is to be solved: one problem of a file, or a user's own module, told alike. */
export interface Subject {
  /** As the user wrote it, and absolute. */
  readonly given: string;
  readonly path: string;
  /** Of the file's bytes. */
  readonly sha256: string;
  /** The file's text, null for a module. */
  readonly text: string | null;
  readonly family: Family;
  readonly instance: Instance<unknown>;
  /** Which problem of its file it is, from 1; null for the only one. */
  readonly item: number | null;
  /** True for a user's own module. */
  readonly own: boolean;
}

/** Where a problem comes from. */
export interface Place {
  /** `FILE`, `FILE#k` or a module. */
  readonly given: string;
  readonly problem?: string | undefined;
  readonly params?: unknown;
  /** The file's text where a copy of it was kept. */
  readonly kept?: { readonly text: string; readonly sha256: string } | undefined;
}

/** How much of a file `recognise` sees, in characters. */
const HEAD = 8192;

/** The families there are. They are loaded by URL: `src/` never imports a problem. */
export async function loadFamilies(): Promise<readonly Family[]> {
  const { families } = (await import(new URL('../../../problems/index.js', import.meta.url).href)) as { families: readonly Family[] };
  return families;
}

/** Whether a path names a module of the user's own. */
export function isModule(given: string): boolean {
  return /\.[cm]?[jt]s$/i.test(given);
}

/**
 * Opens what a user names: recognises the format, or takes `--problem`'s.
 * @throws LehrError `input` or `option` with the choices, if there is not exactly one.
 */
export async function openSubject(place: Place): Promise<Subject> {
  const { given, params } = place;
  if (isModule(given)) return openModule(place);
  if (params !== undefined) throw new LehrError('option', `--params is for a module of your own, but ${show(given)} is a file.`);
  const { file, item } = splitItem(given, place.kept !== undefined);
  const { text, sha256 } = place.kept ?? readText(file, 'a problem');
  const family = await familyOf(text, file, place.problem);
  const instances = family.read(text, file);
  const instance = pick(instances, file, item, given);
  return { given, path: resolve(file), sha256, text, family, instance, item: itemOf(instances, instance), own: false };
}

/** The problems in a file, all of them. */
export async function openAll(
  given: string,
  problem: string | undefined,
): Promise<{ family: Family; file: string; instances: readonly Instance<unknown>[]; items: readonly (number | null)[] }> {
  const { file, item } = splitItem(given, false);
  const { text } = readText(file, 'a problem');
  const family = await familyOf(text, file, problem);
  const instances = family.read(text, file);
  const chosen = item === null ? instances : [pick(instances, file, item, given)];
  return { family, file, instances: chosen, items: chosen.map((instance) => itemOf(instances, instance)) };
}

function itemOf(instances: readonly Instance<unknown>[], instance: Instance<unknown>): number | null {
  return instances.length === 1 ? null : instances.indexOf(instance) + 1;
}

/** `FILE#k` taken apart, unless a file of that whole name exists. */
export function splitItem(given: string, kept: boolean): { file: string; item: string | null } {
  const hash = given.lastIndexOf('#');
  if (hash <= 0 || hash === given.length - 1 || (!kept && existsSync(given))) return { file: given, item: null };
  return { file: given.slice(0, hash), item: given.slice(hash + 1) };
}

/** The family of that name. */
async function familyNamed(name: string, option: string): Promise<Family> {
  const families = await loadFamilies();
  const family = families.find((each) => each.name === name);
  if (family !== undefined) return family;
  const names = families.map((each) => each.name);
  throw new LehrError('option', `${option} is ${show(name)}, expected ${names.join(', ')}.${maybe(name, names)}`);
}

/** Whether a file of this text is a problem of some family. */
export async function recognised(text: string): Promise<boolean> {
  const head = text.slice(0, HEAD);
  return (await loadFamilies()).some((family) => family.recognise(head));
}

async function familyOf(text: string, file: string, problem: string | undefined): Promise<Family> {
  if (problem !== undefined) return familyNamed(problem, '--problem');
  const families = await loadFamilies();
  const head = text.slice(0, HEAD);
  const takers = families.filter((family) => family.recognise(head));
  if (takers.length === 1) return takers[0];
  const list = (some: readonly Family[]): string =>
    some.map((family) => `--problem ${family.name} (${family.title}, ${family.formats})`).join(' or ');
  if (takers.length === 0) {
    throw new LehrError(
      'input',
      `${file}:1: no known format begins with ${show(text.trimStart().split('\n', 1)[0])}, expected ${families.map((family) => family.formats).join(', ')}. ` +
        (tabular(text)
          ? 'Maybe it is a table, to learn from: lehr train, or lehr compare and tune with --target and rates.'
          : `Maybe name it: ${list(families)}; or, if its lines are documents or sequences, lehr infer ${file} --model lda or --model hmm.`),
    );
  }
  throw new LehrError('input', `${file}: ${takers.length} kinds of problem begin like this, expected ${list(takers)}.`);
}

function pick(instances: readonly Instance<unknown>[], file: string, item: string | null, given: string): Instance<unknown> {
  if (item === null) {
    if (instances.length === 1) return instances[0];
    throw new LehrError('input', `${file}: it holds ${instances.length} problems, expected one of ${choices(instances, file)}.`);
  }
  const found = instances[Number(item) - 1] ?? instances.find((instance) => instance.name === item);
  if (found !== undefined) return found;
  throw new LehrError('input', `${given}: there is no problem ${show(item)} in ${file}, expected ${choices(instances, file)}.`);
}

/** `FILE#1 (name), FILE#2 (name), …`, at most a dozen. */
function choices(instances: readonly Instance<unknown>[], file: string): string {
  const shown = instances.slice(0, 12).map((instance, i) => `${file}#${i + 1} (${instance.name})`);
  return shown.join(', ') + (instances.length > shown.length ? `, … ${file}#${instances.length}` : '');
}
