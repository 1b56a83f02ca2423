import { execFileSync } from 'node:child_process';

/** Builds once before any test, so that no test ever runs on a stale build. */
export default function setup(): void {
  execFileSync('npm', ['run', '--silent', 'build'], { stdio: 'inherit' });
}
