// Characters that XML 1.0 does not allow at all, not even escaped; lone surrogates among them.
// eslint-disable-next-line no-control-regex
const FORBIDDEN = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;

/** The text with U+FFFD for each character that XML forbids. */
export function legalText(text: string): string {
  return text.replaceAll(FORBIDDEN, '\ufffd');
}

/** Text for SVG or HTML, in an element or a quoted attribute. Characters that XML forbids become U+FFFD. */
export function escapeText(text: string): string {
  return legalText(text)
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;');
}

/** JSON that cannot end the `<script>` it stands in; `JSON.parse` gives the value back unchanged. NaN and infinities become null. */
export function scriptJson(value: unknown): string {
  return JSON.stringify(value).replaceAll('<', '\\u003c').replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}
