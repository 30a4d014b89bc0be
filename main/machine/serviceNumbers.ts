/** The numbers behind the port's words for services (winsvc.h: dwServiceType, dwStartType, dwCurrentState). */
import type { ServiceStartType, ServiceState, ServiceType } from "./machine";

export const serviceTypeNumbers: Readonly<Record<ServiceType, number>> = { kernel: 0x1, filesys: 0x2, rec: 0x8 };

export const startTypeNumbers: Readonly<Record<ServiceStartType, number>> = {
  boot: 0,
  system: 1,
  auto: 2,
  demand: 3,
  disabled: 4,
};

export const serviceStateNumbers: Readonly<Record<ServiceState, number>> = {
  STOPPED: 1,
  START_PENDING: 2,
  STOP_PENDING: 3,
  RUNNING: 4,
};

export function nameOfNumber<K extends string>(numbers: Readonly<Record<K, number>>, value: number, fallback: K): K {
  const names = Object.keys(numbers) as K[];
  return names.find((name) => numbers[name] === value) ?? fallback;
}
