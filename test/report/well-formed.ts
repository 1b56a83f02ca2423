const VOID = new Set(['meta', 'link', 'br', 'img', 'input', 'hr']);

export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: Element[];
  /** Text directly inside, entities decoded. */
  text: string;
}

/**
 * A strict parser of the XML (or, with `html`, the XML-like HTML) that reports write: it throws on unclosed or crossing tags, unquoted or repeated
 * attributes, bare ampersands and characters XML forbids. In HTML, void elements need no end and script and style hold raw text.
 */
export function parse(text: string, html = false): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const stack: Element[] = [root];
  let at = 0;
  const fail = (what: string): never => {
    throw new Error(`${what} at ${at}: ${text.slice(Math.max(0, at - 20), at + 60)}`);
  };
  // eslint-disable-next-line no-control-regex
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/u.test(text)) fail('a forbidden character');
  if (html) {
    if (!text.startsWith('<!doctype html>\n')) fail('no doctype');
    at = 16;
  }
  while (at < text.length) {
    const next = text.indexOf('<', at);
    const end = next < 0 ? text.length : next;
    stack[stack.length - 1].text += decode(text.slice(at, end), fail);
    at = end;
    if (next < 0) break;
    const close = /^<\/([a-zA-Z][\w:-]*)>/.exec(text.slice(at, at + 80));
    if (close) {
      if (stack.length === 1 || stack.pop()!.name !== close[1]) fail('a crossing end tag');
      at += close[0].length;
      continue;
    }
    const open = /<([a-zA-Z][\w:-]*)((?:\s+[\w:-]+="[^"<]*")*)\s*(\/?)>/y;
    open.lastIndex = at;
    const match = open.exec(text);
    if (!match) return fail('not a tag');
    at += match[0].length;
    const attributes: Record<string, string> = {};
    for (const [, name, value] of match[2].matchAll(/\s+([\w:-]+)="([^"]*)"/g)) {
      if (name in attributes) fail(`a repeated attribute ${name}`);
      attributes[name] = decode(value, fail);
    }
    const element: Element = { name: match[1], attributes, children: [], text: '' };
    stack[stack.length - 1].children.push(element);
    if (match[3] === '/' || (html && VOID.has(element.name))) continue;
    stack.push(element);
    if (html && (element.name === 'script' || element.name === 'style')) {
      const stop = text.indexOf(`</${element.name}`, at);
      if (stop < 0) fail(`an open ${element.name}`);
      element.text = text.slice(at, stop);
      at = stop;
    }
  }
  if (stack.length !== 1) fail(`${stack[stack.length - 1].name} is not closed`);
  if (root.children.length !== 1 || root.text.trim() !== '') fail('not one root');
  return root.children[0];
}

function decode(text: string, fail: (what: string) => never): string {
  const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };
  return text.replaceAll(/&(?:([\w#]+);)?/g, (_, name: string | undefined) => {
    const character = name === undefined ? undefined : named[name];
    return character ?? fail('a bare ampersand or unknown entity');
  });
}

/** All elements below one, itself included, in document order. */
export function all(element: Element): Element[] {
  return [element, ...element.children.flatMap(all)];
}

/** All text in an element. */
export function textOf(element: Element): string {
  return element.text + element.children.map(textOf).join('');
}
