import type { Random } from '../../../data/random.ts';
import type { Panel } from '../../panel.ts';

/** What gets a learned vector of its own: products, locations, categories. */
export type EntityKind = 'product' | 'location' | 'category';

/** Names of the entities of each kind that a panel has, in the order of their vectors. */
export type Vocabulary = Partial<Record<EntityKind, readonly string[]>>;

/** The vectors of one kind. */
export interface Embedding {
  kind: EntityKind;
  entities: number;
  width: number;
}

const KINDS: readonly EntityKind[] = ['product', 'location', 'category'];
const LARGEST_WIDTH = 8;

/**
 * Kinds of which a panel has more than one; categories only where they hold several products.
 *
 * @param most entities of a kind: of more there are too few examples each
 */
export function vocabularyOf({ products, locations }: Panel, most: number): Vocabulary {
  const category = [...new Set(products.category)].sort();
  const names: Record<EntityKind, readonly string[]> = {
    product: products.ids,
    location: locations.ids,
    category: category.length < products.ids.length ? category : [],
  };
  const isOf = (kind: EntityKind): boolean => names[kind].length > 1 && names[kind].length <= most;
  return Object.fromEntries(KINDS.filter(isOf).map((kind) => [kind, names[kind]]));
}

/** Few numbers per entity: twice the fourth root of their number, 8 at most. */
export function embeddingsOf(vocabulary: Vocabulary): Embedding[] {
  return KINDS.flatMap((kind) => {
    const entities = vocabulary[kind]?.length ?? 0;
    return entities > 0 ? [{ kind, entities, width: Math.min(LARGEST_WIDTH, Math.ceil(2 * entities ** 0.25)) }] : [];
  });
}

/**
 * Which entities each series of a panel belongs to.
 *
 * @param vocabulary of the panel or of a network that was trained on another one
 * @returns [series][kind of `embeddingsOf`]; -1 where the vocabulary does not know the name. O(series + names)
 */
export function entitiesOf(panel: Panel, vocabulary: Vocabulary): Int32Array {
  const { seriesCount, products, productOf, locations, locationOf } = panel;
  const nameOf: Record<EntityKind, (s: number) => string> = {
    product: (s) => products.ids[productOf[s]!]!,
    location: (s) => locations.ids[locationOf[s]!]!,
    category: (s) => products.category[productOf[s]!]!,
  };
  const kinds = embeddingsOf(vocabulary).map(({ kind }) => kind);
  const entities = new Int32Array(seriesCount * kinds.length);
  kinds.forEach((kind, k) => {
    const index = new Map(vocabulary[kind]!.map((name, i) => [name, i]));
    for (let s = 0; s < seriesCount; s++) entities[s * kinds.length + k] = index.get(nameOf[kind](s)) ?? -1;
  });
  return entities;
}

/** Share of the windows to learn from in which a product, location or category is not named, so that the network knows new ones. */
const UNKNOWN_SHARE = 0.1;

/** Makes some of the entities to learn from unknown, in place. */
export function forgetSome(entity: Int32Array, random: Random): void {
  for (let i = 0; i < entity.length; i++) if (random.uniform() < UNKNOWN_SHARE) entity[i] = -1;
}
