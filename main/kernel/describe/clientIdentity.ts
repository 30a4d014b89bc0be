/** The token of NtScope's own process in the port's words. */
import type { Address } from "../../../native-bindings/abi/address";
import { type ClientIdentity, clientTokens } from "../../machine/clientToken";
import { integrityName } from "../se/accessReason";
import { privilegeNames } from "../se/privileges";
import type { Se } from "../se/se";

/** Undefined when EPROCESS.Token points to none of the tokens that can be chosen: a driver has changed it. */
export function clientIdentity(se: Se, process: Address): ClientIdentity | undefined {
  const kind = se.kindOf(process);
  const token = clientTokens.find((known) => known === kind);
  const object = se.tokens.ofProcess(process);
  const known = se.tokens.at(object);
  if (token === undefined || known === undefined) return undefined;
  const { user, integrity, appContainer, name } = known.description;
  return {
    token,
    account: known.accountOf(user),
    sid: user,
    integrity: integrityName(integrity),
    privileges: privilegeNames.filter((privilege) => se.tokens.hasPrivilege(object, privilege)),
    ...(appContainer === undefined ? {} : { package: known.nameOf(appContainer) }),
    description: name,
  };
}
