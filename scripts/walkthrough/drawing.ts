/** Small pictures in the colours of the reader's theme: VS Code shows walkthrough drawings with its own variables. */

/** Colour of the theme by what it means, with one that does outside VS Code. */
export const colours = {
  text: 'var(--vscode-foreground, #888)',
  dim: 'var(--vscode-descriptionForeground, #999)',
  back: 'var(--vscode-sideBar-background, transparent)',
  line: 'var(--vscode-contrastBorder, var(--vscode-widget-border, #8886))',
  good: 'var(--vscode-charts-green, #3a9d5d)',
  warning: 'var(--vscode-list-warningForeground, #b58900)',
  bad: 'var(--vscode-list-errorForeground, #d7483b)',
  accent: 'var(--vscode-textLink-foreground, #3794ff)',
} as const;
export type Colour = keyof typeof colours;

const WIDTH = 460;
const ROW = 24;

function escaped(text: string): string {
  return text.replace(/[&<>]/g, (character) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[character] ?? character);
}

export interface Part {
  readonly text: string;
  readonly colour?: Colour;
  readonly mono?: boolean;
  /** A wavy line below it. */
  readonly squiggle?: Colour;
}

/** Named as VS Code's icons, whose shapes these are. */
export type Mark = 'pass' | 'question' | 'warning' | 'error' | 'circle-outline' | 'radio-tower';

export interface Line {
  readonly mark?: Mark;
  readonly indent?: number;
  readonly parts: readonly Part[];
}

/** Shape and colour for a state, as in the sidebar: never colour alone. */
function drawMark(mark: Mark, x: number, y: number): string {
  const stroke = (colour: Colour): string => `fill="none" stroke="${colours[colour]}" stroke-width="1.6"`;
  switch (mark) {
    case 'pass':
      return `<circle cx="${x}" cy="${y}" r="6" ${stroke('good')}/><path d="M${x - 3},${y}l2,2.5l4,-5" ${stroke('good')}/>`;
    case 'question':
      return `<circle cx="${x}" cy="${y}" r="6" ${stroke('warning')}/><path d="M${x - 2},${y - 1.5}a2,2 0 1,1 2.8,1.8q-.8,.4 -.8,1.3m0,1.2v.4" ${stroke('warning')}/>`;
    case 'warning':
      return `<path d="M${x},${y - 6}l6.5,11.5h-13z" ${stroke('warning')}/><path d="M${x},${y - 2}v3.5m0,1.4v.4" ${stroke('warning')}/>`;
    case 'error':
      return `<circle cx="${x}" cy="${y}" r="6" ${stroke('bad')}/><path d="M${x - 2.5},${y - 2.5}l5,5m0,-5l-5,5" ${stroke('bad')}/>`;
    case 'circle-outline':
      return `<circle cx="${x}" cy="${y}" r="3" ${stroke('dim')}/>`;
    case 'radio-tower':
      return `<path d="M${x - 3},${y + 6}l3,-8l3,8m-5,-3h4M${x - 3},${y - 5}q-3,3 0,6M${x + 3},${y - 5}q3,3 0,6" ${stroke('text')}/>`;
  }
}

function squiggle(x: number, y: number, length: number, colour: Colour): string {
  const waves = 'q1.5,-3 3,0t3,0'.repeat(Math.max(1, Math.round(length / 6)));
  return `<path d="M${x},${y}${waves}" fill="none" stroke="${colours[colour]}" stroke-width="1.2"/>`;
}

function drawLine(line: Line, y: number): string {
  const drawn: string[] = [];
  let x = 20 + (line.indent ?? 0) * 18;
  if (line.mark !== undefined) {
    drawn.push(drawMark(line.mark, x + 4, y));
    x += 20;
  }
  for (const { text, colour, mono, squiggle: wave } of line.parts) {
    // Widths are given, so that the drawing looks the same with every font.
    const length = Math.round(text.length * (mono === true ? 7.4 : 6.7));
    const family = mono === true ? 'var(--vscode-editor-font-family, monospace)' : 'var(--vscode-font-family, sans-serif)';
    drawn.push(
      `<text x="${x}" y="${y}" dominant-baseline="central" font-size="12.5" font-family="${family}" textLength="${length}" lengthAdjust="spacingAndGlyphs" xml:space="preserve" fill="${colours[colour ?? 'text']}">${escaped(text)}</text>`,
    );
    if (wave !== undefined) drawn.push(squiggle(x, y + 9, length, wave));
    x += length + 10;
  }
  return drawn.join('');
}

/** A panel with a title and what is in it. @param height of the content */
export function panel(title: string, height: number, content: string): string {
  const whole = height + 44;
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${whole}" viewBox="0 0 ${WIDTH} ${whole}">`,
    `<title>${escaped(title)}</title>`,
    `<rect x="1" y="1" width="${WIDTH - 2}" height="${whole - 2}" rx="6" fill="${colours.back}" stroke="${colours.line}"/>`,
    `<text x="16" y="22" font-size="11" font-weight="600" letter-spacing="0.6" font-family="var(--vscode-font-family, sans-serif)" fill="${colours.dim}">${escaped(title)}</text>`,
    content,
    '</svg>\n',
  ].join('\n');
}

/** A panel of rows. */
export function rows(title: string, lines: readonly Line[]): string {
  return panel(title, lines.length * ROW, lines.map((line, index) => drawLine(line, 44 + index * ROW)).join('\n'));
}
