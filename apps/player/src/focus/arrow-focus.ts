import { type Box, closest, nearest, type Direction } from './spatial.js';

const directions: Readonly<Record<string, Direction>> = {
  ArrowLeft: 'left',
  ArrowRight: 'right',
  ArrowUp: 'up',
  ArrowDown: 'down',
};

const REMOTE = new Set([...Object.keys(directions), 'Enter']);

const FOCUSABLE = 'a[href], button:not(:disabled), input:not(:disabled), select, textarea, summary, [tabindex="0"]';

/** Keys that a field moves by itself stay with it; a remote control leaves it by the other two, and an empty one by all. */
function usesItself(element: Element, direction: Direction): boolean {
  const isVertical = direction === 'up' || direction === 'down';
  if (element instanceof HTMLTextAreaElement) return !isAtEdge(element, direction);
  if (element instanceof HTMLSelectElement) return isVertical;
  return element instanceof HTMLInputElement && inputUses(element, isVertical);
}

function inputUses({ type, value }: HTMLInputElement, isVertical: boolean): boolean {
  if (type === 'checkbox' || type === 'file' || (value === '' && type !== 'range')) return false;
  return type === 'number' ? true : !isVertical;
}

/** From the beginning of a text an arrow leads up and out of it, from its end down. */
function isAtEdge({ value, selectionStart, selectionEnd }: HTMLTextAreaElement, direction: Direction): boolean {
  const isAtStart = selectionEnd === 0 && (direction === 'up' || direction === 'left');
  return isAtStart || (selectionStart === value.length && (direction === 'down' || direction === 'right'));
}

function candidates(): HTMLElement[] {
  return [...document.querySelectorAll<HTMLElement>(FOCUSABLE)].filter(
    (element) => element.getClientRects().length > 0 && !element.closest('[inert]'),
  );
}

/** OK ticks: a browser leaves that to the space bar, which a remote control has not. */
function tickByOk(event: KeyboardEvent, active: Element | null): boolean {
  const isTick = event.key === 'Enter' && active instanceof HTMLInputElement && active.type === 'checkbox';
  if (!isTick || isTaken(event)) return false;
  event.preventDefault();
  active.click();
  return true;
}

/** Where the focus was when a key was last pressed: what stood there may be gone, such as a row that has been removed. */
let lastPlace: Box | undefined;

/** What had the focus is gone: it goes to whatever of the screen is next to where that was. @returns whether there is such. */
function regainFocus(place: Box | undefined): boolean {
  const others = place ? candidates().filter((element) => element.closest('main')) : [];
  const next = place && others[closest(place, boxesOf(others))];
  next?.focus();
  return next !== undefined;
}

/** Arrow keys move the focus between all that can be pressed, as a remote control expects. */
export function moveFocusByArrows(event: KeyboardEvent): void {
  const active = document.activeElement;
  if (tickByOk(event, active) || isTaken(event)) return;
  if (REMOTE.has(event.key) && active) moveFrom(event, active);
}

function moveFrom(event: KeyboardEvent, active: Element): void {
  if (active !== document.body) lastPlace = active.getBoundingClientRect();
  else if (regainFocus(lastPlace)) return;
  const direction = directions[event.key];
  if (direction && !usesItself(active, direction)) move(event, active, direction);
}

function move(event: KeyboardEvent, active: Element, direction: Direction): void {
  const others = candidates().filter((element) => element !== active);
  // From a whole screen that has just been opened, an arrow goes in.
  const next = others.find((element) => active.contains(element)) ?? others[indexFrom(active, others, direction)];
  if (!next) return;
  event.preventDefault();
  next.focus();
}

const isTaken = ({ defaultPrevented, ctrlKey, altKey, metaKey }: KeyboardEvent): boolean =>
  defaultPrevented || ctrlKey || altKey || metaKey;

const boxesOf = (elements: readonly HTMLElement[]): Box[] => elements.map((element) => element.getBoundingClientRect());

const indexFrom = (active: Element, others: readonly HTMLElement[], direction: Direction): number =>
  nearest(active.getBoundingClientRect(), boxesOf(others), direction);
