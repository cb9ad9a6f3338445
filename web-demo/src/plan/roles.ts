// What a column may be.

/** Roles that one column plays at a time; a dot leads into a mapping of the plan. */
export const SINGLE_ROLES = [
  "id",
  "time",
  "label",
  "label_time",
  "prediction",
  "score",
  "weight",
  "cluster",
  "baseline.prediction",
  "baseline.score",
] as const;
/** Mappings in which every entry has a column: the score of each class, the quantile of each level. */
export const MAPPED_ROLES = ["scores", "quantiles"] as const;
/** Lists in which a column may stand; it may be in several of them. */
export const LISTED_ROLES = ["protected", "strata", "features"] as const;

export type SingleRole = (typeof SINGLE_ROLES)[number];
export type MappedRole = (typeof MAPPED_ROLES)[number];
export type ListedRole = (typeof LISTED_ROLES)[number];
/** One of these, or several lists with a space between them; empty where the column is not used. */
export type RoleChoice = string;

export const isSingle = (role: RoleChoice): role is SingleRole => (SINGLE_ROLES as readonly string[]).includes(role);
export const isMapped = (role: RoleChoice): role is MappedRole => (MAPPED_ROLES as readonly string[]).includes(role);

export interface Roles {
  single: Record<SingleRole, string>;
  /** The columns of a mapping, by class or level. */
  mapped: Record<MappedRole, [of: string, column: string][]>;
  /** The columns of a list, each once. */
  listed: Record<ListedRole, string[]>;
}

export function roleOf(column: string, { single, mapped, listed }: Roles): RoleChoice {
  const one = SINGLE_ROLES.find((role) => single[role] === column);
  if (one) return one;
  const of = MAPPED_ROLES.find((role) => mapped[role].some(([, name]) => name === column));
  return of ?? LISTED_ROLES.filter((role) => listed[role].includes(column)).join(" ");
}
