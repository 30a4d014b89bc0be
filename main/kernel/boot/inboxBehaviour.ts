/**
 * How the in-box devices answer. The model has no hardware, so each says what a driver says that finds none: opening
 * works where Windows lets a handle be opened without the device's help, and a transfer fails with the status that fits.
 */
import {
  STATUS_DEVICE_NOT_READY,
  STATUS_END_OF_FILE,
  STATUS_NO_MEDIA_IN_DEVICE,
  STATUS_NO_SUCH_DEVICE,
  STATUS_NOT_SUPPORTED,
  STATUS_SUCCESS,
  STATUS_UNRECOGNIZED_VOLUME,
} from "../../../native-bindings/abi/ntstatus/codes";

/** Statuses of one kind of device. `below`: when a name follows the device's, such as `C:\Windows`. */
export interface InboxAnswers {
  create: number;
  below?: number;
  /** Reads and writes; left out, the driver has no routine for them (STATUS_INVALID_DEVICE_REQUEST). */
  read?: number;
  write?: number;
  /** One sentence for the device's properties. */
  description: string;
}

const NO_HARDWARE = "Present, without hardware behind it";

export const inboxAnswers = {
  null: {
    create: STATUS_SUCCESS,
    read: STATUS_END_OF_FILE,
    write: STATUS_SUCCESS,
    description: "Works as in Windows: reads end of file, swallows whatever is written.",
  },
  beep: { create: STATUS_SUCCESS, description: "Takes requests and stays silent." },
  opens: { create: STATUS_SUCCESS, description: `${NO_HARDWARE}: a handle can be opened and closed.` },
  transport: { create: STATUS_SUCCESS, description: `${NO_HARDWARE}: a control handle can be opened; no network.` },
  fileSystem: {
    create: STATUS_SUCCESS,
    description: "The control device of a file system; the model has no files.",
  },
  disk: {
    create: STATUS_SUCCESS,
    below: STATUS_UNRECOGNIZED_VOLUME,
    read: STATUS_DEVICE_NOT_READY,
    write: STATUS_DEVICE_NOT_READY,
    description: `${NO_HARDWARE}: it opens, transfers answer STATUS_DEVICE_NOT_READY, and there are no files.`,
  },
  noMedia: {
    create: STATUS_SUCCESS,
    below: STATUS_NO_MEDIA_IN_DEVICE,
    read: STATUS_NO_MEDIA_IN_DEVICE,
    write: STATUS_NO_MEDIA_IN_DEVICE,
    description: "A drive with nothing in it.",
  },
  input: {
    create: STATUS_SUCCESS,
    read: STATUS_DEVICE_NOT_READY,
    description: `${NO_HARDWARE}: it opens, reads answer STATUS_DEVICE_NOT_READY.`,
  },
  serial: {
    create: STATUS_SUCCESS,
    read: STATUS_DEVICE_NOT_READY,
    write: STATUS_DEVICE_NOT_READY,
    description: `${NO_HARDWARE}: it opens, transfers answer STATUS_DEVICE_NOT_READY.`,
  },
  absent: {
    create: STATUS_NO_SUCH_DEVICE,
    below: STATUS_NO_SUCH_DEVICE,
    description: `${NO_HARDWARE}: opening answers STATUS_NO_SUCH_DEVICE unless a function driver is attached above.`,
  },
  refuses: {
    create: STATUS_NOT_SUPPORTED,
    below: STATUS_NOT_SUPPORTED,
    description: "Present in name; the model does not implement it, and opening answers STATUS_NOT_SUPPORTED.",
  },
  console: {
    create: STATUS_NOT_SUPPORTED,
    below: STATUS_NOT_SUPPORTED,
    description: "Present in name; the model has no consoles, and opening answers STATUS_NOT_SUPPORTED.",
  },
} as const satisfies Record<string, InboxAnswers>;

export type InboxBehaviour = keyof typeof inboxAnswers;

export function isInboxBehaviour(word: string): word is InboxBehaviour {
  return Object.hasOwn(inboxAnswers, word);
}

export function answersOf(behaviour: InboxBehaviour): InboxAnswers {
  return inboxAnswers[behaviour];
}
