/** Lines kept until the user says otherwise: days of an ordinary driver's prints, about 150 MB at worst usual. */
export const DEFAULT_HISTORY_LINES = 1_000_000;
