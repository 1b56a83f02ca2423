import { formatSeconds } from '../../report/terminal.ts';

/** Milliseconds between two redraws on a terminal, and two plain lines elsewhere. */
const REDRAW = 100;
const PLAIN = 5000;
/** Where a terminal does not say its size. */
const COLUMNS = 100;
const ROWS = 24;

/** What is shown of something that goes on: lines on a terminal, one plain line elsewhere. `dim` makes text faint. */
export interface Shown {
  lines(dim: (text: string) => string): readonly string[];
  plain(): string;
}

/** Lines on standard error that follow what goes on. */
export interface Live {
  /** Something has changed; it is shown if it is time, or if it matters. */
  changed(matters?: boolean): void;
  /** Takes live lines away. */
  end(): void;
}

/** Live lines on a terminal, redrawn in place; elsewhere a plain line every few seconds, with the time since the beginning. */
export async function liveLines(shown: Shown): Promise<Live> {
  const began = performance.now();
  const { stderr } = process;
  if (!stderr.isTTY) {
    let due = began + PLAIN;
    return {
      changed() {
        const now = performance.now();
        if (now < due) return;
        due = now + PLAIN;
        stderr.write(`${formatSeconds((now - began) / 1000)}  ${shown.plain()}\n`);
      },
      end() {},
    };
  }
  const [{ createLogUpdate }, { default: colours }] = await Promise.all([import('log-update'), import('picocolors')]);
  const update = createLogUpdate(terminal(stderr), { showCursor: true });
  const dim = colours.createColors(colours.isColorSupported && process.env.NO_COLOR === undefined).dim;
  let drawn = -Infinity;
  return {
    changed(matters = false) {
      const now = performance.now();
      if (now - drawn < REDRAW && !matters) return;
      drawn = now;
      update(
        shown
          .lines(dim)
          .map((text) => fit(text, stderr.columns))
          .join('\n'),
      );
    },
    end() {
      update.clear();
      update.done();
    },
  };
}

/** A terminal that always has a size: some pseudo-terminals say 0, and get nothing drawn. */
function terminal(stream: NodeJS.WriteStream): NodeJS.WriteStream {
  return {
    isTTY: true,
    write: stream.write.bind(stream),
    get columns() {
      return stream.columns || COLUMNS;
    },
    get rows() {
      return stream.rows || ROWS;
    },
  } as NodeJS.WriteStream;
}

/** A line that does not wrap. Only dim text is coloured, at its beginning. */
function fit(text: string, columns: number | undefined): string {
  // oxlint-disable-next-line no-control-regex
  const hidden = [...text.matchAll(/\u001B\[\d+m/g)].reduce((sum, [code]) => sum + code.length, 0);
  const width = (columns || COLUMNS) - 1 + hidden;
  return text.length > width ? text.slice(0, width) : text;
}
