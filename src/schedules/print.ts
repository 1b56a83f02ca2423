import { definitionOf, formatted, textName } from './build.ts';
import type { Parameter } from './definition.ts';
import { specOf } from './lift.ts';
import type { Control, Spec } from './schedule.ts';
import { fromSpec } from './spec.ts';

/** The canonical text of a schedule: `parse` of it has the same spec. */
export function print(control: Control | Spec): string {
  const spec = typeof control === 'object' && 'schedule' in control ? (control as Spec) : specOf(control);
  return format(specOf(fromSpec(spec)));
}

function format(spec: Spec): string {
  const definition = definitionOf(spec.schedule)!;
  if (definition.name === 'constant') return String(spec.value);
  if (definition.name === 'warmup') return `warmup(${formatted(definition.parameters[0], spec.over)}) > ${format(spec.next as Spec)}`;
  if (definition.name === 'sequence')
    return formatSequence(spec.phases as readonly (readonly [unknown, Spec] | Spec)[], definition.parameters[0]);
  const parts: string[] = [];
  for (const parameter of definition.parameters) {
    const value = spec[parameter.name];
    if (value === undefined || JSON.stringify(value) === JSON.stringify(parameter.default)) continue;
    if (parameter.kind === 'pieces') parts.push(...(value as unknown[]).map((piece) => formatted(parameter, piece)));
    else {
      const text = parameter.kind === 'control' ? format(value as Spec) : formatted(parameter, value);
      parts.push(parameter.named === true ? `${textName(parameter.name)}: ${text}` : text);
    }
  }
  return textName(definition.name) + (parts.length === 0 ? '' : `(${parts.join(', ')})`);
}

function formatSequence(phases: readonly (readonly [unknown, Spec] | Spec)[], parameter: Parameter): string {
  return phases
    .map((phase) => {
      const spec = (Array.isArray(phase) ? phase[1] : phase) as Spec;
      const grouped = spec.schedule === 'sequence' || (spec.schedule === 'warmup' && Array.isArray(phase));
      const text = grouped ? `(${format(spec)})` : format(spec);
      return Array.isArray(phase) ? `${text} for ${formatted(parameter, phase[0])}` : text;
    })
    .join(' > ');
}
