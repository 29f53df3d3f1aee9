// One measured figure, one line.

/**
 * Prints `name: value (reference …, target …) holds | falls short`, and lets the process fail in the end when it falls
 * short. Give `atMost` or `atLeast`; `digits` after the point.
 *
 * @param {{ value: number, unit?: string, digits?: number, reference?: string, atMost?: number, atLeast?: number }} figure
 */
export function printFigure(name, { value, unit = '', digits, reference = 'none', atMost, atLeast }) {
  const holds = atMost === undefined ? value >= atLeast : value <= atMost;
  const target = atMost === undefined ? `>= ${atLeast}` : `<= ${atMost}`;
  const spaced = unit && ` ${unit}`;
  const verdict = holds ? 'holds' : 'falls short';
  console.log(
    `${name}: ${rounded(value, digits)}${spaced} (reference ${reference}, target ${target}${spaced}) ${verdict}`,
  );
  if (!holds) process.exitCode = 1;
}

function rounded(value, digits = 3) {
  return Number(value.toFixed(digits));
}
