import type { MessagePort } from 'node:worker_threads';
import { drive, type End, type Errand } from './drive.ts';
import { countSent } from './shared.ts';

// Errors in a user's TypeScript then tell its own lines.
process.setSourceMapsEnabled(true);

/** The worker's end: drives one job, its events going through the port. */
export default function work({ errand, port }: { readonly errand: Errand; readonly port: MessagePort }): Promise<End> {
  return drive(errand, {
    tell(event) {
      port.postMessage(event);
      countSent(errand.shared, errand.index);
    },
  });
}
