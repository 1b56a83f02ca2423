import type { InferenceReport, PlainTable } from '../../report/inference-record.ts';
import { formatNumber } from '../../report/terminal.ts';
import type { Agreement } from './infer-chains.ts';
import { agreementTold, inferSettings, noticesOf } from './infer-summary.ts';
import type { RanInference } from './infer.ts';

/** The plain record behind the HTML report. */
export function inferenceReport({ task, inference, inferred, json }: RanInference): InferenceReport {
  const { conclusion, agreement } = inferred;
  return {
    model: inference.title,
    data: inference.name,
    objective: inference.objective,
    value: inferred.value,
    facts: conclusion.facts,
    matrices: conclusion.matrices,
    tables: conclusion.tables,
    agreement: agreementTable(agreement, inference.objective),
    stopped: json.stopped,
    seconds: json.seconds,
    steps: json.steps,
    best: inferred.best + 1,
    comparable:
      inference.comparableFrom === null
        ? null
        : {
            when: inference.comparableFrom,
            from: inferred.chains.map(({ trace }) => trace.find((progress) => inference.isComparable(progress))?.steps ?? null),
          },
    chains: inferred.chains.map(({ chain, value, stopped, trace }) => ({ chain: chain + 1, value, stopped, trace })),
    notices: noticesOf(task, inference),
    digest: json.digest,
    command: json.command,
    reproducible: json.reproducible,
    settings: inferSettings(task, inference, json),
    version: json.version,
  };
}

function agreementTable(agreement: Agreement, objective: string): PlainTable | null {
  const told = agreementTold(agreement, objective);
  if (told.length === 0) return null;
  const pairs = agreement.pairs.map(([one, other, value]) => ({
    head: `chains ${one + 1} and ${other + 1}`,
    cells: [{ text: formatNumber(value, 3) }],
  }));
  return {
    id: 'agreement',
    heading: 'Whether chains agree',
    heads: [{ text: 'what' }, { text: 'value' }],
    rows: [...told.map(([label, text]) => ({ head: label, cells: [{ text }] })), ...(pairs.length > 1 ? pairs : [])],
    note: [
      ...(agreement.likeness?.startsWith('adjusted Rand') === true
        ? ['An adjusted Rand index is 1 for the same partition and 0 on average by chance.']
        : []),
      ...(agreement.samples > 0 ? ['Split-R̂ near 1 says that chains sample the same law.'] : []),
    ].join(' '),
  };
}
