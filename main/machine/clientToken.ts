/** As whom NtScope's own process acts on a machine that lets it choose (capability `runAs`). */

export const clientTokens = ["system", "administrator", "standard", "appcontainer"] as const;
export type ClientToken = (typeof clientTokens)[number];

export interface ClientIdentity {
  token: ClientToken;
  /** `MODEL\user`, and its SID. */
  account: string;
  sid: string;
  /** `Low`, `Medium`, `High`, `System`. */
  integrity: string;
  /** Names of the privileges that are enabled. */
  privileges: string[];
  /** An app container's package, by name and SID. */
  package?: string;
  /** "a standard user" */
  description: string;
}
