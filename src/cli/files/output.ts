import { accessSync, closeSync, constants, openSync, realpathSync, statSync, unlinkSync, writeFileSync, type Stats } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { LehrError, show } from '../../error.ts';

/** Where an option's file goes: its path as given, and absolute. */
export interface Output {
  readonly option: string;
  readonly given: string;
  readonly path: string;
}

/** Standard output, as `--output` names it. */
export const STDOUT = '-';

/**
 * Tries, before a run, that every output can be written, without touching what is there: no two are the same file, none is an input, and
 * the folder takes a new file.
 * @param what the inputs are, for messages.
 * @throws LehrError `option` that names the option and the path.
 */
export function tryOutputs(outputs: readonly Output[], inputs: readonly string[], what = 'the problem or its start'): void {
  const taken = new Map<string, string>(inputs.map((path) => [real(path), what]));
  for (const output of outputs) {
    tryOutput(output);
    if (!isRegular(output.path)) continue;
    const key = real(output.path);
    const other = taken.get(key);
    if (other !== undefined)
      throw new LehrError('option', `${output.option} is ${show(output.given)}, which is ${other} too, expected another file.`);
    taken.set(key, `the file of ${output.option}`);
  }
}

function tryOutput({ option, given, path }: Output): void {
  const fail = (message: string): never => {
    throw new LehrError('option', `${option} ${given}: ${message}.`);
  };
  const stats = statOf(path);
  if (stats?.isDirectory() === true || /[/\\]$/.test(given)) fail('it is a directory, expected a file');
  const folder = dirname(path);
  const folderStats = statOf(folder);
  if (folderStats === null) fail(`the folder ${show(folder)} does not exist, expected one that does. Maybe create it first`);
  if (!folderStats!.isDirectory()) fail(`${show(folder)} is not a folder`);
  if (stats !== null && !stats.isFile()) {
    // A device or a pipe: it is written straight away.
    tryAccess(path, fail);
    return;
  }
  if (stats !== null) tryAccess(path, fail);
  const probe = join(folder, `.${basename(path)}.${process.pid}.probe`);
  try {
    closeSync(openSync(probe, 'wx'));
    unlinkSync(probe);
  } catch (error) {
    fail(`cannot be written: ${reasonOf(error)}`);
  }
}

function tryAccess(path: string, fail: (message: string) => never): void {
  try {
    accessSync(path, constants.W_OK);
  } catch (error) {
    fail(`cannot be written: ${reasonOf(error)}`);
  }
}

/** Writes a file atomically: the old one or the new one is there, never a half. Pipes and devices are simply written. */
export async function writeOutput(path: string, text: string | Uint8Array): Promise<void> {
  try {
    if (!isRegular(path)) {
      writeFileSync(path, text);
      return;
    }
    const { default: writeFileAtomic } = await import('write-file-atomic');
    await writeFileAtomic(path, typeof text === 'string' ? text : Buffer.from(text));
  } catch (error) {
    throw new LehrError('worker', `${path}: cannot be written: ${reasonOf(error)}.`, { cause: error });
  }
}

/** Writes to standard output and waits until it is taken; a reader that has gone away (`| head`) is no error. */
export function writeStdout(text: string): Promise<void> {
  return new Promise((done) => {
    process.stdout.write(text, () => done());
  });
}

function isRegular(path: string): boolean {
  return statOf(path)?.isFile() ?? true;
}

function statOf(path: string): Stats | null {
  try {
    return statSync(path);
  } catch {
    return null;
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return resolve(path);
  }
}

/** Why the system refused, in words. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const words: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or folder',
    EACCES: 'permission denied',
    EPERM: 'not permitted',
    EROFS: 'the file system is read-only',
    ENOSPC: 'no space left on the device',
    EISDIR: 'it is a directory',
    ENOTDIR: 'part of its path is not a folder',
    ENAMETOOLONG: 'its name is too long',
    ELOOP: 'too many symbolic links',
    EMFILE: 'too many open files',
    ERR_FS_FILE_TOO_LARGE: 'the file is too large',
    ERR_STRING_TOO_LONG: 'the file is too large',
  };
  return words[code ?? ''] ?? message;
}
