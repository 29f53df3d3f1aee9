// One measured figure, one line.

/**
 * Prints `name: value (reference …, target …) holds | falls short`, and lets the process fail in the end when it falls
 * short. Give `atMost` or `atLeast`.
 *
 * @param {{ value: number, unit?: string, reference?: string, atMost?: number, atLeast?: number }} figure
 */
export function printFigure(name, { value, unit = '', reference = 'none', atMost, atLeast }) {
  const holds = atMost === undefined ? value >= atLeast : value <= atMost;
  const target = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  const spaced = unit && ` ${unit}`;
  const verdict = holds ? 'holds' : 'falls short';
  console.log(`${name}: ${round(value)}${spaced} (reference ${reference}, target ${target}${spaced}) ${verdict}`);
  if (!holds) process.exitCode = 1;
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
