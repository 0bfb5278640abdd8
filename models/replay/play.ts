/**
 * A part of the company that can be played forward by days. It holds what truly happens; a policy sees the view alone, which
 * shows what was known on that morning. Stock is one such world (`StockWorld`); prices or calls to customers can be others.
 */
export interface World<State, View, Action> {
  /** Lets the night pass (deliveries come in, goods spoil) and shows what is known in the morning of a day. */
  morning(state: State, day: number): View;
  /** Does what was decided, lets the day pass, and books what it cost into the state. */
  evening(state: State, day: number, actions: readonly Action[]): void;
}

/** Decides each morning from what is known. */
export interface Policy<View, Action> {
  name: string;
  decide(view: View): Action[];
}

/** Plays the days from `from` to before `to`; a state that was kept at `from` goes on as if there had been no break. */
export function play<State, View, Action>(
  world: World<State, View, Action>,
  policy: Policy<View, Action>,
  state: State,
  from: number,
  to: number,
): void {
  for (let day = from; day < to; day++) world.evening(state, day, policy.decide(world.morning(state, day)));
}
