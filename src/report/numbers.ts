const NONE = '–';

function grouped(digits: string): string {
  return digits.replaceAll(/\B(?=(?:\d{3})+$)/g, ',');
}

function trimmed(digits: string): string {
  return digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
}

/** A count, rounded to a whole number, with thousands marked: `1,234,567`. */
export function formatCount(count: number): string {
  if (!Number.isFinite(count)) return Number.isNaN(count) ? NONE : String(count);
  const rounded = Math.abs(Math.round(count));
  if (rounded >= 1e21) return String(count);
  return `${count < 0 && rounded > 0 ? '-' : ''}${grouped(String(rounded))}`;
}

/** How many of something: `1 row`, `2,000 rows`. */
export function formatCounted(count: number, one: string): string {
  return `${formatCount(count)} ${one}${count === 1 ? '' : 's'}`;
}

/** A number with at most `digits` significant digits, thousands marked, very large and very small ones as `1.2e-7`. NaN is a dash. */
export function formatNumber(value: number, digits = 6): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? NONE : String(value);
  if (value === 0) return '0';
  const rounded = Number(value.toPrecision(digits));
  const size = Math.abs(rounded);
  if (size < 1e-4 || size >= 1e15) {
    const [mantissa, exponent] = rounded.toExponential(digits - 1).split('e') as [string, string];
    return `${trimmed(mantissa)}e${exponent.replace('+', '')}`;
  }
  const [whole, fraction] = trimmed(size.toFixed(Math.min(20, Math.max(0, digits - 1 - Math.floor(Math.log10(size)))))).split('.');
  return `${rounded < 0 ? '-' : ''}${grouped(whole)}${fraction === undefined ? '' : `.${fraction}`}`;
}

const UNITS = ['', 'k', 'M', 'G', 'T', 'P'] as const;

function scaled(value: number): [digits: string, unit: string] {
  let unit = 0;
  let size = Number(Math.abs(value).toPrecision(3));
  while (size >= 1000 && unit < UNITS.length - 1) {
    size /= 1000;
    unit++;
  }
  return [`${value < 0 ? '-' : ''}${formatNumber(size, 3)}`, UNITS[unit]];
}

/** A number in three digits and a decimal unit: `15.3 M`, `812`, `2.5 k`. */
export function formatCompact(value: number): string {
  if (!Number.isFinite(value)) return formatNumber(value);
  const [digits, unit] = scaled(value);
  return unit === '' ? digits : `${digits} ${unit}`;
}

/** Events per second: `15.3 M/s`, `812 /s`. */
export function formatRate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return `${formatNumber(perSecond)} /s`;
  const [digits, unit] = scaled(perSecond);
  return `${digits} ${unit}/s`;
}

/** A duration given in seconds: `12 ms`, `3.2 s`, `2 min 05 s`, `3 h 07 min`, `2 d 04 h`. */
export function formatSeconds(seconds: number): string {
  if (!Number.isFinite(seconds)) return formatNumber(seconds);
  if (seconds < 0) return `-${formatSeconds(-seconds)}`;
  if (seconds === 0) return '0 s';
  if (seconds < 0.9995) return `${formatNumber(seconds * 1000, seconds < 0.01 ? 2 : 3)} ms`;
  if (seconds < 59.95) return `${seconds.toFixed(1)} s`;
  const pair = (total: number, per: number, large: string, small: string): string =>
    `${Math.floor(total / per)} ${large} ${String(total % per).padStart(2, '0')} ${small}`;
  if (seconds < 3599.5) return pair(Math.round(seconds), 60, 'min', 's');
  if (seconds < 86_370) return pair(Math.round(seconds / 60), 60, 'h', 'min');
  return pair(Math.round(seconds / 3600), 24, 'd', 'h');
}

/** A share between 0 and 1 in percent: `12.3 %`, and `<0.001 %` for what is smaller but not 0. */
export function formatPercent(share: number): string {
  if (Number.isNaN(share)) return NONE;
  const percent = share * 100;
  if (percent > 0 && percent < 0.001) return '<0.001 %';
  return `${formatNumber(percent, 3)} %`;
}

/** A gap that is already in percent, with its sign, positive when worse: `+0.35 %`, `0 %`. */
export function formatGap(percent: number): string {
  return Number.isNaN(percent) ? NONE : `${percent > 0 ? '+' : ''}${formatNumber(percent, 3)} %`;
}
