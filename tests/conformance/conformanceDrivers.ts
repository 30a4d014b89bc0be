// The drivers that scenarios load: each once in TypeScript for the model, and once in C for a real kernel.
export const conformanceDrivers = {
  hello: { builtin: "hello", compiled: "hello" },
  example: { builtin: "example", compiled: "example" },
  exampleRw: { builtin: "example-rw", compiled: "exampleRw" },
  sanctum: { builtin: "sanctum", compiled: "sanctum" },
  poorMansPipes: { builtin: "poor-mans-pipes", compiled: "poorMansPipes" },
  ioctlMethods: { builtin: "ioctl-methods", compiled: "ioctlMethods" },
  pendCancel: { builtin: "pend-cancel", compiled: "pendCancel" },
  prints: { builtin: "prints", compiled: "prints" },
  links: { builtin: "links", compiled: "links" },
} as const;

export type ConformanceDriver = keyof typeof conformanceDrivers;
