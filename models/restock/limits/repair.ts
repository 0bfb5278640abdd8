import { keeps, type Limit, type OrderLine, usedOf } from './order-line.ts';

/** Passes over all lines after which a search stops: each pass moves every line at most once. */
const MAX_PASSES = 40;
/** Pairs of moves are tried where there are no more quantities than this in all: the work grows with its square. */
const MAX_PAIRED = 1500;

/** A choice under change, with what it uses of each limit. */
export class Choice {
  readonly lines: readonly OrderLine[];
  readonly limits: readonly Limit[];
  /** Whether a minimum's lines may be ordered, [limit]. */
  readonly isOn: boolean[];
  readonly members: readonly (readonly number[])[];
  readonly at: Int32Array;
  readonly used: Float64Array;

  constructor(lines: readonly OrderLine[], limits: readonly Limit[], isOn: readonly boolean[], at: Int32Array) {
    this.lines = lines;
    this.limits = limits;
    this.isOn = [...isOn];
    this.at = Int32Array.from(at);
    this.used = usedOf(lines, at, limits.length);
    const members: number[][] = limits.map(() => []);
    lines.forEach(({ uses }, line) => {
      for (const { limit } of uses) members[limit]!.push(line);
    });
    this.members = members;
  }

  /** Whether every limit is kept. */
  keepsAll(): boolean {
    return this.limits.every((limit, l) => keeps(limit, this.used[l]!));
  }

  move(line: number, to: number): void {
    const { quantities, uses } = this.lines[line]!;
    const change = quantities[to]! - quantities[this.at[line]!]!;
    for (const { limit, perUnit } of uses) this.used[limit]! += perUnit * change;
    this.at[line] = to;
  }

  /** Whether a line may move without breaking a limit that it does not break already. */
  fits(line: number, to: number): boolean {
    const { quantities, uses } = this.lines[line]!;
    const change = quantities[to]! - quantities[this.at[line]!]!;
    return uses.every(({ limit, perUnit }) => {
      const { kind, amount } = this.limits[limit]!;
      const after = this.used[limit]! + perUnit * change;
      const slack = 1e-9 * Math.max(1, Math.abs(amount));
      if (kind === 'at_most') return change <= 0 || after <= amount + slack;
      return this.isOn[limit]! && (after <= slack || after >= amount - slack);
    });
  }

  /** Share of its limits that a line takes more (or, negative, less) when it moves. */
  share(line: number, to: number): number {
    const { quantities, uses } = this.lines[line]!;
    const change = quantities[to]! - quantities[this.at[line]!]!;
    let share = 0;
    for (const { limit, perUnit } of uses) {
      const { kind, amount } = this.limits[limit]!;
      if (kind === 'at_most') share += (perUnit * change) / Math.max(1e-9, amount);
    }
    return share;
  }
}

/**
 * Makes a choice keep its limits and then better, by the marginal value of each next step: minimums are filled where that
 * costs least, quantities whose loss is least for what they free are given up until the other limits are kept, where
 * minimums stand in the way the weakest is left out, what is left goes where it saves most, and in small problems pairs of
 * lines trade. Ties go to the earlier line.
 */
export function repair(choice: Choice): void {
  choice.limits.forEach(({ kind }, l) => {
    if (kind === 'at_least_if_any' && choice.isOn[l] && !fill(choice, l)) leaveOut(choice, l);
  });
  choice.limits.forEach(({ kind }, l) => {
    if (kind === 'at_most') giveUp(choice, l);
  });
  improve(choice);
  while (trade(choice)) improve(choice);
}

interface Move {
  line: number;
  to: number;
  /** Cost per share or use; least first. */
  rate: number;
}

/** Best move of each line by `rate`, in the order of rate. */
function bestMoves(choice: Choice, rate: (line: number, to: number) => number, candidates: readonly number[]): Move[] {
  const moves: Move[] = [];
  for (const line of candidates) {
    let [best, least] = [-1, Infinity];
    for (let to = 0; to < choice.lines[line]!.costs.length; to++) {
      if (to === choice.at[line]) continue;
      const value = rate(line, to);
      if (value < least) [best, least] = [to, value];
    }
    if (best >= 0) moves.push({ line, to: best, rate: least });
  }
  return moves.sort((a, b) => a.rate - b.rate || a.line - b.line);
}

const rise = (choice: Choice, line: number, to: number): number =>
  choice.lines[line]!.costs[to]! - choice.lines[line]!.costs[choice.at[line]!]!;
const more = (choice: Choice, line: number, to: number): number =>
  choice.lines[line]!.quantities[to]! - choice.lines[line]!.quantities[choice.at[line]!]!;
const useOf = (choice: Choice, line: number, l: number): number =>
  choice.lines[line]!.uses.find(({ limit }) => limit === l)!.perUnit;

/** Gives up quantities until a limit is kept; where minimums stand in the way, whole minimums. */
function giveUp(choice: Choice, l: number): void {
  while (!keeps(choice.limits[l]!, choice.used[l]!)) {
    const moves = bestMoves(
      choice,
      (line, to) => {
        const change = more(choice, line, to);
        if (change >= 0 || !choice.fits(line, to)) return Infinity;
        return rise(choice, line, to) / -change / useOf(choice, line, l);
      },
      choice.members[l]!,
    );
    const weakest = moves.length === 0 ? weakestMinimum(choice, l) : undefined;
    if (weakest !== undefined) leaveOut(choice, weakest);
    else if (moves.length === 0) return;
    for (const { line, to } of moves) {
      if (keeps(choice.limits[l]!, choice.used[l]!)) break;
      if (choice.fits(line, to)) choice.move(line, to);
    }
  }
}

/** The minimum whose lines save least for what they use of a limit. */
function weakestMinimum(choice: Choice, l: number): number | undefined {
  const saved = new Map<number, { money: number; use: number }>();
  for (const line of choice.members[l]!) {
    const group = choice.lines[line]!.uses.find(({ limit }) => choice.limits[limit]!.kind === 'at_least_if_any')?.limit;
    if (group === undefined || choice.at[line] === 0) continue;
    const { money, use } = saved.get(group) ?? { money: 0, use: 0 };
    saved.set(group, {
      money: money + rise(choice, line, 0),
      use: use - more(choice, line, 0) * useOf(choice, line, l),
    });
  }
  return [...saved].sort(([a, x], [b, y]) => x.money / x.use - y.money / y.use || a - b)[0]?.[0];
}

function leaveOut(choice: Choice, l: number): void {
  for (const line of choice.members[l]!) choice.move(line, 0);
  choice.isOn[l] = false;
}

/** Adds quantities until a minimum is reached, without regard to the other limits; false where there are not enough. */
function fill(choice: Choice, l: number): boolean {
  while (!reached(choice, l)) {
    const missing = choice.limits[l]!.amount - choice.used[l]!;
    const moves = bestMoves(
      choice,
      (line, to) => {
        const brought = more(choice, line, to) * useOf(choice, line, l);
        return brought > 0 ? rise(choice, line, to) / Math.min(brought, missing) : Infinity;
      },
      choice.members[l]!,
    );
    if (moves.length === 0) return false;
    for (const { line, to } of moves) {
      if (reached(choice, l)) break;
      choice.move(line, to);
    }
  }
  return true;
}

const reached = (choice: Choice, l: number): boolean =>
  choice.used[l]! >= choice.limits[l]!.amount - 1e-9 * Math.max(1, choice.limits[l]!.amount);

/** Moves single lines as long as that saves something, first where it saves most for what it takes of the limits. */
function improve(choice: Choice): void {
  const all = choice.lines.map((_, i) => i);
  for (let pass = 0; pass < MAX_PASSES; pass++) {
    const moves = bestMoves(
      choice,
      (line, to) => {
        const change = rise(choice, line, to);
        if (!(change < -1e-9) || !choice.fits(line, to)) return Infinity;
        return change / Math.max(1e-12, choice.share(line, to));
      },
      all,
    );
    let moved = false;
    for (const { line, to } of moves) {
      if (!choice.fits(line, to)) continue;
      choice.move(line, to);
      moved = true;
    }
    if (!moved) return;
  }
}

/** One pass over pairs: what one line gives up, another takes, where both together save something. */
function trade(choice: Choice): boolean {
  const { lines } = choice;
  if (lines.reduce((sum, { costs }) => sum + costs.length, 0) > MAX_PAIRED) return false;
  let traded = false;
  for (let giver = 0; giver < lines.length; giver++) {
    for (let down = 0; down < choice.at[giver]!; down++) {
      const from = choice.at[giver]!;
      const lost = rise(choice, giver, down);
      choice.move(giver, down);
      const best = { line: -1, to: -1, change: -lost - 1e-9 };
      for (let taker = 0; taker < lines.length; taker++) {
        if (taker === giver) continue;
        for (let to = choice.at[taker]! + 1; to < lines[taker]!.costs.length; to++) {
          const change = rise(choice, taker, to);
          if (change < best.change && choice.fits(taker, to)) Object.assign(best, { line: taker, to, change });
        }
      }
      if (best.line >= 0) {
        const before = choice.at[best.line]!;
        choice.move(best.line, best.to);
        if (choice.keepsAll()) {
          traded = true;
          break;
        }
        choice.move(best.line, before);
      }
      choice.move(giver, from);
    }
  }
  return traded;
}
