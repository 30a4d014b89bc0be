/**
 * The 16 px pictures of object types. People read a list by them, so each has a shape of its own; colour groups
 * kin (folders amber, I/O blue, waiting things green, ports teal, memory and files grey, identity violet) and is
 * never the only difference. Lines stand on half pixels: sharp at 100 %.
 */
import type { ReactNode } from "react";

export type IconTone = "folder" | "blue" | "green" | "red" | "violet" | "teal" | "grey";

export interface TypeIcon {
  tone: IconTone;
  /** Drawn with the tone's line colour; class "fill" takes its fill colour, "solid" is the line colour filled. */
  body: ReactNode;
}

/** By lower-case type name; types that share a picture share a row. */
export const typeIcons: Record<string, TypeIcon> = {
  directory: {
    tone: "folder",
    body: <path className="fill" d="M1.5 12.5v-9h4l1.5 2h7.5v7Z" />,
  },
  symboliclink: {
    tone: "folder",
    body: (
      <>
        <path className="fill" d="M3.5 1.5h6l3 3v10h-9Z" />
        <path d="M5.5 11.5c0-2.5 1.2-3.5 4-3.5M7.8 5.8 10 8l-2.2 2.2" />
      </>
    ),
  },
  device: {
    tone: "blue",
    body: (
      <>
        <path className="fill" d="M4.5 4.5h7v7h-7Z" />
        <path d="M6.5 4.5v-3M9.5 4.5v-3M6.5 14.5v-3M9.5 14.5v-3M1.5 6.5h3M1.5 9.5h3M11.5 6.5h3M11.5 9.5h3" />
        <path className="solid" d="M6.5 6.5h1.5v1.5H6.5Z" />
      </>
    ),
  },
  driver: {
    tone: "blue",
    body: (
      <>
        <path
          className="fill"
          d="M6.8 1.5h2.4l.4 1.9 1.3.6 1.7-1 1.6 1.7-1 1.6.6 1.4 1.7.4v2.3l-1.8.4-.6 1.3 1 1.7-1.7 1.6-1.6-1-1.3.6-.4 1.5H6.8l-.4-1.7-1.3-.6-1.7 1-1.6-1.7 1-1.6-.6-1.3-1.7-.4V7.2l1.8-.4.6-1.3-1-1.7L3.5 2.2l1.6 1 1.3-.6Z"
          transform="translate(1 .9) scale(.88)"
        />
        <path className="hole" d="M8 10.2a2.2 2.2 0 1 0 0-4.4 2.2 2.2 0 0 0 0 4.4Z" />
      </>
    ),
  },
  controller: {
    tone: "blue",
    body: (
      <>
        <path className="fill" d="M1.5 4.5h13v7h-13Z" />
        <path d="M3.5 11.5v2h6v-2M4 7.5h3M4 9.5h3" />
        <path className="solid" d="M10 7h2.5v2.5H10Z" />
      </>
    ),
  },
  event: {
    tone: "green",
    body: <path className="fill" d="m9.5 1.5-6 7.5h4l-1 5.5 6-7.5h-4Z" />,
  },
  keyedevent: {
    tone: "green",
    body: (
      <>
        <path className="fill" d="m7.5 1.5-5 6.5h3.2l-1 6 5-7H6.5Z" />
        <path d="M12.5 10.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4Zm0 0v4m0-1.5h1.5" />
      </>
    ),
  },
  mutant: {
    tone: "green",
    body: (
      <>
        <path d="M5.5 7.5v-3a2.5 2.5 0 0 1 5 0v3" />
        <path className="fill" d="M3.5 7.5h9v7h-9Z" />
        <path d="M8 10v2" />
      </>
    ),
  },
  semaphore: {
    tone: "green",
    body: (
      <>
        <path className="fill" d="M5.5 1.5h5v13h-5Z" />
        <path className="solid" d="M8 5.2a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z" />
        <path d="M8 9a1 1 0 1 0 0-2 1 1 0 0 0 0 2ZM8 12.8a1 1 0 1 0 0-2 1 1 0 0 0 0 2Z" />
        <path d="M3.5 4.5h2M3.5 8.5h2M10.5 4.5h2M10.5 8.5h2" />
      </>
    ),
  },
  timer: {
    tone: "green",
    body: (
      <>
        <path className="fill" d="M8 14.5a6 6 0 1 0 0-12 6 6 0 0 0 0 12Z" />
        <path d="M8 5v3.5l2.5 1.5M6.5.8h3" />
      </>
    ),
  },
  section: {
    tone: "grey",
    body: (
      <>
        <path className="fill" d="M4.5 1.5h10v8h-10Z" />
        <path className="fill" d="M1.5 6.5h10v8h-10Z" />
        <path d="M3.5 9.5h6M3.5 11.5h4" />
      </>
    ),
  },
  file: {
    tone: "grey",
    body: (
      <>
        <path className="fill" d="M3.5 1.5h6l3 3v10h-9Z" />
        <path d="M9.5 1.5v3h3M5.5 7.5h5M5.5 9.5h5M5.5 11.5h3" />
      </>
    ),
  },
  key: {
    tone: "violet",
    body: (
      <>
        <path className="fill" d="M5 9.5a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7Z" />
        <path d="m7.5 8.5 6 6M11 12l1.8-1.8" />
        <path className="solid" d="M5 6.8a.8.8 0 1 0 0-1.6.8.8 0 0 0 0 1.6Z" />
      </>
    ),
  },
  "alpc port": {
    tone: "teal",
    body: (
      <>
        <path className="fill" d="M4.5 5.5h7v3a3.5 3.5 0 0 1-7 0Z" />
        <path d="M6 5.5v-4M10 5.5v-4M8 12v2.5" />
      </>
    ),
  },
  filterconnectionport: {
    tone: "teal",
    body: (
      <>
        <path className="fill" d="M1.5 1.5h9L7.5 6v4l-3-1.5V6Z" />
        <path d="M10.5 9v-2M13.5 9v-2M12 13v1.5" />
        <path className="fill" d="M9.5 9h5v1.5a2.5 2.5 0 0 1-5 0Z" />
      </>
    ),
  },
  iocompletion: {
    tone: "teal",
    body: (
      <>
        <path className="fill" d="M1.5 9.5h3l1.5 2h4l1.5-2h3v5h-13Z" />
        <path d="M8 1.5v6M5.5 5.2 8 7.7l2.5-2.5" />
      </>
    ),
  },
  callback: {
    tone: "teal",
    body: (
      <>
        <path d="M13.5 13.5v-5a3 3 0 0 0-3-3h-8" />
        <path className="fill" d="m6 2-4 3.5L6 9Z" />
      </>
    ),
  },
  job: {
    tone: "violet",
    body: (
      <>
        <path d="M5.5 4.5v-2h5v2" />
        <path className="fill" d="M1.5 4.5h13v9h-13Z" />
        <path d="M1.5 8.5h13M7 8v2h2V8" />
      </>
    ),
  },
  process: {
    tone: "violet",
    body: (
      <>
        <path className="fill" d="M1.5 2.5h13v11h-13Z" />
        <path d="M1.5 5.5h13M3.5 4h.01M5.5 4h.01" />
        <path className="solid" d="m6.5 7.5 4 2-4 2Z" />
      </>
    ),
  },
  thread: {
    tone: "violet",
    body: (
      <path
        d="M3.5 1.5c3 2.2 3 4.3 0 6.5s-3 4.3 0 6.5M8 1.5c3 2.2 3 4.3 0 6.5s-3 4.3 0 6.5M12.5 1.5c3 2.2 3 4.3 0 6.5s-3 4.3 0 6.5"
        transform="translate(-.8)"
      />
    ),
  },
  token: {
    tone: "violet",
    body: (
      <>
        <path className="fill" d="M1.5 3.5h13v9h-13Z" />
        <path d="M5 8a1.5 1.5 0 1 0 0-3 1.5 1.5 0 0 0 0 3Zm-2 3c0-2 4-2 4 0M9.5 6.5h3M9.5 9.5h3" />
      </>
    ),
  },
  session: {
    tone: "violet",
    body: (
      <>
        <path className="fill" d="M8 7.5a3 3 0 1 0 0-6 3 3 0 0 0 0 6Z" />
        <path className="fill" d="M2.5 14.5c0-6 11-6 11 0Z" />
      </>
    ),
  },
  windowstation: {
    tone: "blue",
    body: (
      <>
        <path className="fill" d="M1.5 2.5h13v9h-13Z" />
        <path d="M5.5 14.5h5M8 11.5v3" />
        <path d="M4.5 5.5h4v3h-4ZM10.5 5.5h1.5" />
      </>
    ),
  },
  desktop: {
    tone: "blue",
    body: (
      <>
        <path className="fill" d="M1.5 2.5h13v11h-13Z" />
        <path d="M1.5 11.5h13" />
        <path className="solid" d="M3.5 4.5h2v2h-2ZM3.5 8h2v1.5h-2Z" />
      </>
    ),
  },
  partition: {
    tone: "grey",
    body: (
      <>
        <path className="fill" d="M8 14.5a6.5 6.5 0 1 0 0-13 6.5 6.5 0 0 0 0 13Z" />
        <path d="M8 8V1.5M8 8l5.6 3.2" />
      </>
    ),
  },
  type: {
    tone: "red",
    body: (
      <>
        <path className="fill" d="M2.5 2.5h11v11h-11Z" />
        <path d="M5 5.5h6M8 5.5v5.5" strokeWidth="1.6" />
      </>
    ),
  },
  unknown: {
    tone: "grey",
    body: (
      <>
        <path className="fill" d="m8 1.5 6.5 3.6v5.8L8 14.5l-6.5-3.6V5.1Z" />
        <path d="M6.2 6.2c.3-2 3.8-1.8 3.6.2-.1 1.2-1.8 1.3-1.8 2.6M8 11.2v.01" />
      </>
    ),
  },
};

/** Types that look like another one. */
const alike: Record<string, string> = {
  port: "alpc port",
  waitableport: "alpc port",
  adapter: "controller",
  irtimer: "timer",
  keytransaction: "key",
  registrytransaction: "key",
  crossvmevent: "event",
  crossvmmutant: "mutant",
  activationobject: "callback",
  physicalsection: "section",
  memorypartition: "partition",
  userapcreserve: "thread",
  iocompletionreserve: "iocompletion",
  tpworkerfactory: "thread",
  filtercommunicationport: "filterconnectionport",
};

export function typeIconName(type: string): string {
  const name = type.toLowerCase();
  const own = alike[name] ?? name;
  return Object.hasOwn(typeIcons, own) ? own : "unknown";
}
