/**
 * The window's program: reads the command line, builds the services, opens the window, starts the engine. Composition
 * only; each part is a file of main/shell.
 */
import { rmSync } from "node:fs";
import path from "node:path";
import { app, type BrowserWindow, Menu, MessageChannelMain, protocol, session } from "electron";
import type { CommandId } from "../preload/commands";
import { type MachineSpec, ownMachine } from "./attach/machineSpec";
import type { Result } from "./machine/result";
import { createAppLog, describeError } from "./shell/appLog";
import { serveApp } from "./shell/appProtocol";
import { chooseMachine, ownArguments, parseCommandLine, usageMessage } from "./shell/commandLine";
import { forkEngine } from "./shell/engineChild";
import { registerShellIpc } from "./shell/ipc";
import { endInOrder, prepareProcess } from "./shell/lifecycle";
import { framePage, topPage } from "./shell/machinePages";
import { firstMachine, Machines } from "./shell/machines";
import { openMainWindow } from "./shell/mainWindow";
import { menuBarTemplate } from "./shell/menu";
import { pageSource } from "./shell/pageSource";
import { isPageOfMachine, restrictSession } from "./shell/sessionPolicy";
import { openSettingsStore } from "./shell/settingsStore";
import { menuBarItem, shellHandlers } from "./shell/shellHandlers";
import { bringToFront, readStartWords, type StartWords, takeInstance } from "./shell/singleInstance";
import { safeTitle } from "./shell/window";

function main(): void {
  const commandLine = parseCommandLine(ownArguments(process.argv, process.defaultApp === true), app.getVersion());
  if (commandLine.kind === "usage") {
    process.stderr.write(commandLine.message);
    app.exit(2);
  } else if (commandLine.kind === "print") {
    process.stdout.write(commandLine.text);
    app.exit(0);
  } else {
    const { machine } = commandLine;
    runWindow({ folder: process.cwd(), ...(machine ? { machine } : {}) });
  }
}

/** The machine that a start names, if it names one. */
function machineOf(start: StartWords): Promise<Result<MachineSpec>> | undefined {
  return start.machine && chooseMachine(start.machine, start.folder);
}

function endAsMisused(reason: string): void {
  process.stderr.write(usageMessage(reason));
  app.exit(2);
}

function runWindow(start: StartWords): void {
  let window: BrowserWindow | undefined;
  const named = machineOf(start);

  /** A second start has checked its words itself, and has said what is wrong with them. */
  async function openSecond(data: unknown): Promise<void> {
    bringToFront(window);
    const words = readStartWords(data);
    const machine = words && (await machineOf(words));
    if (!machine?.ok) return;
    const open = machines.sameAs(machine.value);
    if (open) machines.activate(open.id);
    else machines.open(machine.value);
  }

  if (!takeInstance(app, start, (data) => void openSecond(data))) {
    void Promise.resolve(named).then((machine) => {
      if (machine?.ok === false) endAsMisused(machine.error.message);
      else app.exit(0);
    });
    return;
  }
  const logFolder = app.getPath("logs");
  const log = createAppLog({
    folder: logFolder,
    now: () => new Date(),
    onFailure: (error) => process.stderr.write(`NtScope's log can't be written: ${describeError(error)}\n`),
  });
  const page = pageSource(app.isPackaged ? undefined : process.env.ELECTRON_RENDERER_URL);
  prepareProcess((url) => isPageOfMachine(url, page.url, (id) => machines.has(id)), log);

  const settings = openSettingsStore(path.join(app.getPath("userData"), "settings.json"), log);
  const codeFolder = path.join(app.getPath("userData"), "Compiled Code");
  const machines = new Machines({
    fork(isAfterCrash) {
      // Should the kept code be what it crashed by, it is not there to do so twice.
      if (isAfterCrash) rmSync(codeFolder, { recursive: true, force: true });
      return forkEngine(path.join(__dirname, "engineProcess.js"), {
        codeFolder: isAfterCrash ? undefined : codeFolder,
        showsOutput: !app.isPackaged,
      });
    },
    onDidChange: (state) => machines.tell(firstMachine, "machines", state),
    onDidChangeActive(machine, name) {
      machine.menu.show(menuBarItem);
      window?.setTitle(safeTitle(`${name} - NtScope`));
    },
    log,
  });

  function open(machine: MachineSpec): void {
    // First, so that the machine boots while the page's process starts.
    machines.open(machine);
    restrictSession(session.defaultSession, page.developmentOrigin);
    serveApp(protocol, path.join(__dirname, "..", "renderer"));
    const preload = path.join(__dirname, "..", "preload", "index.js");
    const opened = openMainWindow({ preload, pageUrl: page.url, settings, hasDevTools: !app.isPackaged, log });
    window = opened;
    machines.get(firstMachine).page = topPage(opened.webContents);
    registerShellIpc(opened.webContents.ipc, {
      origin: page.origin,
      log,
      handlers: shellHandlers({ window: opened, settings, machines, logFolder }),
      hasMachine: (id) => machines.has(id),
      onSender(id, frame) {
        if (id !== firstMachine) machines.get(id).page = framePage(frame);
      },
      connectEngine: (id) => machines.connect(id, new MessageChannelMain()),
    });
    settings.onDidChange((changed) => machines.tellAll("settings", changed));
    // Quitting must work with a page that does not answer; all other commands are the page's.
    const choose = (id: CommandId): void =>
      id === "app.quit" ? app.quit() : machines.tell(machines.active.id, "command", id);
    const menuOptions = {
      platform: process.platform,
      choose,
      get state() {
        return machines.active.menu.state;
      },
    };
    // Some 20 ms, which the page's files would wait for; it is there before the window is shown.
    opened.webContents.once("dom-ready", () => {
      Menu.setApplicationMenu(Menu.buildFromTemplate(menuBarTemplate(menuOptions)));
    });
  }

  async function openNamed(): Promise<void> {
    const machine = await named;
    if (machine?.ok === false) endAsMisused(machine.error.message);
    else open(machine?.value ?? ownMachine);
  }

  // Electron makes a menu of its own unless there is one: work for nothing, at the worst of times.
  Menu.setApplicationMenu(null);
  endInOrder(settings, machines);
  app
    .whenReady()
    .then(openNamed)
    .catch((error: unknown) => log.write("error", "shell", describeError(error)));
}

main();
